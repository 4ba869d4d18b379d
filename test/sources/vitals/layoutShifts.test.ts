import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addToLayoutShifts, type LayoutShift, type Shifts, sumOf } from '../../../src/sources/vitals/layoutShifts'

const shift = (startTime: number, value = 0.1, hadRecentInput = false) =>
  ({ startTime, value, hadRecentInput }) as LayoutShift

const largest = (shifts: LayoutShift[]) => shifts.reduce<Shifts>(addToLayoutShifts, [[], []])[1]

/** The definition, read literally: cut the shifts into windows, then take the largest sum. */
const naive = (shifts: LayoutShift[]) => {
  const windows: LayoutShift[][] = []
  for (const one of shifts.filter(({ hadRecentInput }) => !hadRecentInput)) {
    const window = windows.at(-1) ?? []
    const isLate = one.startTime >= (window.at(-1)?.startTime ?? Number.NEGATIVE_INFINITY) + 1000
    if (isLate || one.startTime >= (window[0]?.startTime ?? 0) + 5000) windows.push([one])
    else window.push(one)
  }
  return Math.max(0, ...windows.map((window) => window.reduce((sum, { value }) => sum + value, 0)))
}

describe('addToLayoutShifts', () => {
  test('adds up what shifts within a second of the shift before', () => {
    expect(largest([shift(0), shift(999), shift(1998)])).toHaveLength(3)
  })

  test('begins another window after a second without a shift', () => {
    expect(largest([shift(0), shift(1000)])).toEqual([shift(0)])
    expect(largest([shift(0), shift(1000, 0.2)])).toEqual([shift(1000, 0.2)])
  })

  test('ends a window after five seconds', () => {
    const shifts = Array.from({ length: 11 }, (_, at) => shift(at * 500))

    expect(largest(shifts)).toEqual(shifts.slice(0, 10))
  })

  test('goes back to an earlier window that was larger', () => {
    expect(largest([shift(0, 0.3), shift(2000, 0.1), shift(2100, 0.1)])).toEqual([shift(0, 0.3)])
  })

  test('does not count what follows an input, nor does that keep a window open', () => {
    expect(largest([shift(0), shift(900, 0.5, true), shift(1100, 0.05)])).toEqual([shift(0)])
  })

  test('agrees with the definition for any shifts', () => {
    const step = fc.record({
      after: fc.integer({ min: 0, max: 1200 }),
      value: fc.float({ min: Math.fround(0.001), max: 1, noNaN: true }),
      hadRecentInput: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now = 0
        const shifts = steps.map(({ after, value, hadRecentInput }) => {
          now += after
          return shift(now, value, hadRecentInput)
        })

        expect(sumOf(largest(shifts))).toBe(naive(shifts))
      }),
    )
  })
})
