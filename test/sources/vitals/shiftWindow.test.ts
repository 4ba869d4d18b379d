import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LayoutShiftEntry, type ShiftWindow, shiftWindow } from '../../../src/sources/vitals/shiftWindow'
import { FakeElement } from '../../helpers/page'

const shift = (startTime: number, value = 0.1, more: Partial<LayoutShiftEntry> = {}) =>
  ({ startTime, value, hadRecentInput: false, ...more }) as LayoutShiftEntry

/** All windows of these shifts, in their order. */
const windowsOf = (shifts: LayoutShiftEntry[]) => {
  const windows = new Map<number, ShiftWindow>()
  let latest: ShiftWindow | undefined
  for (const one of shifts) {
    latest = shiftWindow(latest, one)
    if (latest) windows.set(latest.startTime, latest)
  }
  return [...windows.values()]
}
const scoresOf = (shifts: LayoutShiftEntry[]) => windowsOf(shifts).map(({ score }) => score)

/** The definition, read literally: cut the shifts into windows, then add each up. */
const naive = (shifts: LayoutShiftEntry[]) => {
  const windows: LayoutShiftEntry[][] = []
  for (const one of shifts.filter(({ hadRecentInput }) => !hadRecentInput)) {
    const window = windows.at(-1) ?? []
    const isLate = one.startTime >= (window.at(-1)?.startTime ?? Number.NEGATIVE_INFINITY) + 1000
    if (isLate || one.startTime >= (window[0]?.startTime ?? 0) + 5000) windows.push([one])
    else window.push(one)
  }
  return windows.map((window) => window.reduce((sum, { value }) => sum + value, 0))
}

describe('shiftWindow', () => {
  test('adds up what shifts within a second of the shift before', () => {
    expect(scoresOf([shift(0, 1), shift(999, 2), shift(1998, 3)])).toEqual([6])
  })

  test('begins another window after a second without a shift', () => {
    expect(scoresOf([shift(0, 1), shift(1000, 2)])).toEqual([1, 2])
  })

  test('ends a window after five seconds', () => {
    expect(scoresOf(Array.from({ length: 11 }, (_, at) => shift(at * 500, 1)))).toEqual([10, 1])
  })

  test('does not count what follows an input, nor does that keep a window open', () => {
    expect(scoresOf([shift(0, 1), shift(900, 5, { hadRecentInput: true }), shift(1100, 2)])).toEqual([1, 2])
    expect(shiftWindow(undefined, shift(0, 1, { hadRecentInput: true }))).toBeUndefined()
  })

  test('agrees with the definition for any shifts', () => {
    const step = fc.record({
      after: fc.integer({ min: 1, max: 1200 }),
      value: fc.float({ min: Math.fround(0.001), max: 1, noNaN: true }),
      hadRecentInput: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now = 0
        const shifts = steps.map(({ after, value, hadRecentInput }) => {
          now += after
          return shift(now, value, { hadRecentInput })
        })

        expect(scoresOf(shifts)).toEqual(naive(shifts))
      }),
    )
  })

  test('knows its largest shift, of two equal ones the later', () => {
    const [window] = windowsOf([shift(0, 0.1), shift(10, 0.3), shift(20, 0.3), shift(30, 0.2)])

    expect(window?.largest).toMatchObject({ startTime: 20, value: 0.3 })
  })

  test('tells which element has shifted, also when it has gone since', () => {
    const text = { nodeType: 3, parentNode: {}, parentElement: new FakeElement('p') } as unknown as Node
    const hero = { node: new FakeElement('img', { id: 'hero' }) as unknown as Node | null }
    const [window] = windowsOf([shift(0, 0.1, { sources: [{ node: text }, hero] })])
    hero.node = null

    expect(window?.largest.target).toBe('img#hero')
    expect(windowsOf([shift(0, 0.1, { sources: [{ node: text }] })])[0]?.largest.target).toBe('p')
    expect(windowsOf([shift(0)])[0]?.largest.target).toBe('')
  })
})
