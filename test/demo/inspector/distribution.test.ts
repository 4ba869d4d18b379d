import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Distribution } from '../../../demo/inspector/distribution.ts'
import { rate, thresholds } from '../../../demo/inspector/thresholds.ts'

const lcp = (...values: number[]) => {
  const distribution = new Distribution(0.1, thresholds.lcp)
  for (const value of values) distribution.add(value)
  return distribution
}
const milliseconds = fc.integer({ min: 1, max: 600_000 }).map((tenths) => tenths / 10)

describe('a distribution', () => {
  it('has a 75th percentile within one percent of the true one', () => {
    fc.assert(
      fc.property(fc.array(milliseconds, { minLength: 1, maxLength: 300 }), (values) => {
        const exact = values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.75) - 1] as number
        expect(Math.abs(lcp(...values).quantile(0.75) / exact - 1)).toBeLessThan(0.01)
      }),
    )
  })

  it('forgets what is taken back', () => {
    fc.assert(
      fc.property(fc.array(milliseconds), fc.array(milliseconds), (kept, taken) => {
        const distribution = lcp(...kept, ...taken)
        for (const value of taken) distribution.remove(value)
        expect(distribution.spread(10, 5000)).toEqual(lcp(...kept).spread(10, 5000))
      }),
    )
  })

  it('counts what is good, fair and poor by the limits themselves, not by its buckets', () => {
    expect(lcp(2499.9, 2500, 2500.1, 4000, 4000.1).spread(4, 5000)).toMatchObject({ good: 2, fair: 2, poor: 1 })
  })

  it('has a 75th percentile on the side of the limits that the shares are on', () => {
    const near = fc.oneof(
      milliseconds,
      fc.constantFrom(...[2490, 2499.9, 2500, 2500.1, 2510, 3990, 4000, 4000.1, 4010]),
    )
    fc.assert(
      fc.property(fc.array(near, { minLength: 1, maxLength: 60 }), (values) => {
        const { p75, good, fair, count } = lcp(...values).spread(10, 5000)
        const rating = good / count >= 0.75 ? 'good' : (good + fair) / count >= 0.75 ? 'fair' : 'poor'
        expect(rate('lcp', p75)).toBe(rating)
      }),
    )
  })

  it('puts a limit that ends a step into that step', () => {
    expect(
      lcp(2500, 2500.1, 4000)
        .spread(40, 5000)
        .bars.flatMap((bar, n) => (bar ? [[n, bar]] : [])),
    ).toEqual([
      [19, 1],
      [20, 1],
      [31, 1],
    ])
  })

  it('spreads every value over its bars, the largest into the last', () => {
    const { bars, top } = lcp(0, 100, 4900, 60_000).spread(5, 5000)
    expect([bars, top > 59_000]).toEqual([[3, 0, 0, 0, 1], true])
  })

  it('has zeros where there is nothing', () => {
    expect(lcp().spread(2, 5000)).toEqual({ count: 0, p75: 0, good: 0, fair: 0, poor: 0, bars: [0, 0], top: 5000 })
  })

  it('knows a value of zero', () => {
    expect(lcp(0, 0, 0, 9).quantile(0.75)).toBe(0)
  })
})
