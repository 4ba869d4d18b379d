import { describe, expect, test } from 'vitest'
import { pageRestored } from '../../src/page/pageRestored'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'

describe('restored', () => {
  givesBack(pageRestored)

  test('emits when the page comes back from the back/forward cache', () => {
    const page = fakePage()
    expect(valuesOf(page, pageRestored(page), () => page.restore())).toHaveLength(1)
  })

  test('is silent when the page is shown for the first time', () => {
    const page = fakePage()
    expect(valuesOf(page, pageRestored(page), () => page.fire('pageshow', { persisted: false }))).toEqual([])
  })
})
