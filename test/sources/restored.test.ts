import { describe, expect, test } from 'vitest'
import { restored } from '../../src/sources/restored'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'

describe('restored', () => {
  givesBack(restored)

  test('emits when the page comes back from the back/forward cache', () => {
    const page = fakePage()
    expect(valuesOf(page, restored(page), () => page.restore())).toHaveLength(1)
  })

  test('is silent when the page is shown for the first time', () => {
    const page = fakePage()
    expect(valuesOf(page, restored(page), () => page.fire('pageshow', { persisted: false }))).toEqual([])
  })
})
