import { describe, expect, test } from 'vitest'
import { count, type Status } from '../../src/sinks/status'

const statusAfter = (...steps: Parameters<typeof count>[1][]) => {
  const status: Status = { 'reading metrics': 0, 'off view.console[]': 0 }
  for (const step of steps) count(status, step)
  return status
}

describe('count', () => {
  test('counts readings by their field', () => {
    const metrics = { type: 'reading', field: 'metrics' }

    expect(statusAfter(metrics, metrics)).toMatchObject({ 'reading metrics': 2, 'off view.console[]': 0 })
  })

  test('names what the browser does not support, and the part that failed', () => {
    expect(
      statusAfter({ type: 'unsupported', part: 'view.fps[]' }, { type: 'error', part: 'metrics', message: 'broken' }),
    ).toMatchObject({ 'unsupported view.fps[]': 1, 'error metrics': 1 })
  })

  test('counts beacons by what became of them, and those that wait', () => {
    const sent = { type: 'sent', bytes: 100 }
    const steps = [...Array(4).fill({ type: 'send' }), sent, sent, { type: 'retry', cause: '503' }, { type: 'skip' }]

    expect(statusAfter(...steps, { type: 'drop', cause: 'full' })).toMatchObject({
      ...{ send: 4, sent: 2, retry: 1, 'drop full': 1, skip: 1, waiting: 1, bytes: 200 },
    })
  })
})
