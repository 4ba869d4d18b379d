import { describe, expect, test } from 'vitest'
import { navigationEntry } from '../../src/page/navigationEntry'
import { fakePage } from '../helpers/page'

describe('navigationEntry', () => {
  test.for<[string, number, number]>([
    ['a response that has begun', 999, 1],
    ['a response that is still to come', 1000, 0],
    ['no response', 0, 0],
    ['a negative time', -1, 0],
  ])('takes an entry with %s for what it is', ([, responseStart, expected]) => {
    const page = fakePage({ performance: { now: () => 1000 } })
    page.emit('navigation', [{ responseStart }])

    expect(navigationEntry(page) ? 1 : 0).toBe(expected)
  })

  test('is undefined where there is none', () => {
    expect(navigationEntry(fakePage())).toBeUndefined()
  })
})
