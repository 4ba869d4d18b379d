import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread, spreadsOf } from '../../../demo/inspector/spread.ts'

const limits = [2500, 4000] as const

describe('a spread', () => {
  it('is exact: percentile, ratings, and bars that all values are in', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(values, (all) => {
        const { count, p75, good, fair, poor, bars, top } = spread(all, limits)
        const isNotAbove = all.filter((value) => value <= p75).length
        expect([count, good + fair + poor, bars.reduce((sum, bar) => sum + bar)]).toEqual(Array(3).fill(all.length))
        expect(all).toContain(p75)
        expect(isNotAbove / all.length).toBeGreaterThanOrEqual(0.75)
        expect(all.filter((value) => value < p75).length / all.length).toBeLessThan(0.75)
        expect(good).toBe(all.filter((value) => value <= 2500).length)
        expect(top).toBeGreaterThanOrEqual(5000)
      }),
    )
  })

  it('puts a limit itself on the better side, and what lies far beyond into the last bar', () => {
    const { good, fair, poor, bars } = spread([2500, 4000, 4001, ...Array(100).fill(1), 1e9], limits)
    expect([good, fair, poor, bars.at(-1)]).toEqual([101, 1, 2, 1])
  })

  it('is there for each measure that has values', () => {
    expect(Object.keys(spreadsOf([[1], [], [0.1], [], [], []]))).toEqual(['lcp', 'cls'])
  })
})
