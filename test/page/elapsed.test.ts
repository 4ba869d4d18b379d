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

  test('is told by the clock of an object that inherits nothing', () => {
    const performance = Object.assign(Object.create(null), { now: () => 4 })

    expect(elapsed({ performance } as never)).toBe(4)
  })

  test('is told by the clock of fake timers, if they stand in the place of all of it', () => {
    const inherited = {
      now() {
        throw new TypeError('Illegal invocation')
      },
    }
    const performance = Object.assign(Object.create(inherited), { now: () => 3 })

    expect(elapsed({ performance } as never)).toBe(3)
  })

  test('is told by the clock that was there the first time', () => {
    const page = fakePage({ performance: { now: () => 1 } })
    elapsed(page)
    page.performance.now = () => 0

    expect(elapsed(page)).toBe(1)
  })
})
