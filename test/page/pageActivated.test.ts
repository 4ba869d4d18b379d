import { describe, expect, test } from 'vitest'
import { pageActivated } from '../../src/page/pageActivated'
import { fakePage } from '../helpers/page'
import { givesBack } from '../helpers/sources'
import { watch } from '../helpers/watch'

const prerendering = () => fakePage({ document: { prerendering: true } })

describe('activated', () => {
  givesBack(pageActivated, prerendering)

  test('emits at once for a page that is not being prerendered', () => {
    const { seen, end } = watch(pageActivated(fakePage()))

    expect(seen).toHaveLength(1)
    expect(end.completed).toBe(true)
  })

  test('emits when a page that is being prerendered is shown', () => {
    const page = prerendering()
    const { seen } = watch(pageActivated(page))
    expect(seen).toEqual([])

    page.fire('prerenderingchange')
    expect(seen).toHaveLength(1)
  })
})
