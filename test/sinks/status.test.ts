import { describe, expect, test } from 'vitest'
import { blank, count, enter } from '../../src/sinks/status'

const statusAfter = (...steps: Parameters<typeof enter>[1][]) => {
  const status = blank({ metrics: 0, 'view.fps[]': 0, 'view.console[]': 'off' })
  for (const step of steps) enter(status, step)
  return status
}

describe('status', () => {
  test('counts readings by their field', () => {
    expect(statusAfter({ type: 'reading', field: 'metrics' }, { type: 'reading', field: 'metrics' }).sources).toEqual({
      metrics: 2,
      'view.fps[]': 0,
      'view.console[]': 'off',
    })
  })

  test('names what the browser does not support, and not what had a reading or is off', () => {
    const ended = ['metrics', 'view.fps[]', 'view.console[]'].map((part) => ({ type: 'unsupported', part }))

    expect(statusAfter({ type: 'reading', field: 'metrics' }, ...ended).sources).toEqual({
      metrics: 1,
      'view.fps[]': 'unsupported',
      'view.console[]': 'off',
    })
  })

  test('counts beacons by what became of them, and those that wait', () => {
    const sent = { type: 'sent', bytes: 100 }
    const steps = [
      ...Array(4).fill({ type: 'send' }),
      sent,
      sent,
      { type: 'retry' },
      { type: 'drop' },
      { type: 'skip' },
    ]

    expect(statusAfter(...steps)).toMatchObject({
      send: 4,
      sent: 2,
      retry: 1,
      drop: 1,
      skip: 1,
      waiting: 1,
      bytes: 200,
    })
  })
})

describe('count', () => {
  test('begins with one', () => {
    const counts = {}
    count(counts, 'full')
    count(counts, 'full')

    expect(counts).toEqual({ full: 2 })
  })
})
