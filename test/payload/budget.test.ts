import { afterEach, describe, expect, test, vi } from 'vitest'
import { limit } from '../../src/payload/budget'

afterEach(() => {
  vi.useRealTimers()
  vi.resetModules()
})

/** What is left after as many values, with `ms` between them. */
const leftAfter = async (count: number, ms: number) => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.resetModules()
  // it takes the clock as it is when it is loaded
  const { newBudget, spend } = await import('../../src/payload/budget')
  const budget = newBudget()
  for (let i = 0; i < count; i++) {
    vi.setSystemTime(Date.now() + ms)
    spend(budget)
  }
  return budget.left
}

describe('a budget', () => {
  test('has all characters left after the first value, and four less with each further one', async () => {
    expect(await leftAfter(1, 0)).toBe(limit.total)
    expect(await leftAfter(11, 0)).toBe(limit.total - 40)
  })

  test('is spent when its values take too long, but not by the first few', async () => {
    expect(await leftAfter(20, 1000)).toBeGreaterThan(0)
    expect(await leftAfter(limit.items, limit.time)).toBe(0)
  })

  test('counts a long pause between two values for little', async () => {
    const { newBudget, spend } = await import('../../src/payload/budget')
    const budget = { ...newBudget(), left: limit.total - 1000, last: 0 }
    spend(budget)
    expect([budget.spent, budget.left]).toEqual([limit.stall, limit.total - 1004])
  })
})
