import { describe, expect, test } from 'vitest'
import { elapsed } from '../../src/page/elapsed'
import { fakePage } from '../helpers/page'

describe('elapsed', () => {
  test('tells the time as an event does', () => {
    expect(elapsed(fakePage({ performance: { now: () => 12.34 } }))).toBe(12.34)
  })

  test('does not ask the clock of the page, nor its Event', () => {
    const page = fakePage({
      MessageEvent: class {
        timeStamp = 56.7
      },
      Event: undefined,
      performance: { now: () => 0 },
    })

    expect(elapsed(page)).toBe(56.7)
  })
})
