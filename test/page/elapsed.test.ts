import { describe, expect, test } from 'vitest'
import { elapsed } from '../../src/page/elapsed'
import { fakePage } from '../helpers/page'

describe('elapsed', () => {
  test('is the time of the page', () => {
    expect(elapsed(fakePage({ performance: { now: () => 12.34 } }))).toBe(12.34)
  })

  test('is told by the clock of the browser, if a page has put another one in front of it', () => {
    const performance = Object.assign(Object.create({ now: () => 56.7 }), { now: () => 0 })

    expect(elapsed({ performance } as never)).toBe(56.7)
  })

  test('is told by the clock that was there the first time', () => {
    const page = fakePage({ performance: { now: () => 1 } })
    elapsed(page)
    page.performance.now = () => 0

    expect(elapsed(page)).toBe(1)
  })
})
