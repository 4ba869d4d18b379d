import { describe, expect, test } from 'vitest'
import { activationStart, foreground } from '../../src/page/foreground'
import { fakePage } from '../helpers/page'

/** A page that was activated at `activation`, with this record of its visibility. */
const pageWith = (activation: number, ...record: [name: string, startTime: number][]) => {
  const page = fakePage({ performance: { now: () => 1000 } })
  page.emit('navigation', [{ responseStart: 10, activationStart: activation }])
  page.emit(
    'visibility-state',
    record.map(([name, startTime]) => ({ name, startTime })),
  )
  return page
}

describe('foreground', () => {
  test.for<[string, Parameters<typeof pageWith>, boolean]>([
    ['without a record', [0], true],
    ['visible from its start', [0, ['visible', 0]], true],
    ['hidden at its start', [0, ['hidden', 0], ['visible', 50]], false],
    ['hidden in between', [0, ['visible', 0], ['hidden', 40], ['visible', 50]], false],
    ['hidden only afterwards', [0, ['visible', 0], ['hidden', 200]], true],
    ['hidden at that very moment', [0, ['visible', 0], ['hidden', 100]], true],
    ['hidden before its activation', [30, ['hidden', 0], ['visible', 30]], true],
    ['hidden after its activation', [30, ['hidden', 0], ['visible', 30], ['hidden', 60]], false],
  ])('knows a page %s', ([, record, expected]) => {
    expect(foreground(pageWith(...record), 100)).toBe(expected)
  })

  test('takes the word of who asks where the browser keeps no record', () => {
    expect(foreground(pageWith(0), 100, true)).toBe(false)
    expect(foreground(pageWith(0, ['visible', 0]), 100, true)).toBe(true)
  })

  test('counts from another moment, if asked to', () => {
    expect(foreground(pageWith(0, ['visible', 0], ['hidden', 40], ['visible', 50]), 100, false, 60)).toBe(true)
  })
})

describe('activationStart', () => {
  test('is 0 for a page that was not prerendered, or without a navigation entry', () => {
    expect(activationStart(pageWith(30))).toBe(30)
    expect(activationStart(pageWith(0))).toBe(0)
    expect(activationStart(fakePage())).toBe(0)
  })
})
