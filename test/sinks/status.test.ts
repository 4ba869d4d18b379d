import { describe, expect, test } from 'vitest'
import { count } from '../../src/sinks/status'
import type { Step } from '../../src/sinks/step'

const init = { type: 'init', settings: { trackConsole: false, trackResources: true, trackHeroes: true } }

/** The status after these steps, 10 ms apart. */
const statusAfter = (...steps: Partial<Step>[]) => {
  const { status, add } = count()
  steps.forEach((step, at) => {
    add({ timeStamp: at * 10, ...step } as Step)
  })
  return status
}

describe('count', () => {
  test('counts readings by their field, and knows of those that have not come', () => {
    const metrics = { type: 'reading', field: 'metrics' }

    expect(statusAfter(init, metrics, metrics)).toMatchObject({ 'reading metrics': 2, 'reading view.actions[]': 0 })
  })

  test('tells what is switched off from what the browser does not support', () => {
    const unsupported = (part: string) => ({ type: 'unsupported', part })
    const status = statusAfter(init, unsupported('view.console[]'), unsupported('view.fps[]'))

    expect(status).toMatchObject({ 'off view.console[]': 0, 'unsupported view.fps[]': 1 })
    expect(Object.keys(status)).not.toContain('unsupported view.console[]')
    expect(Object.keys(status)).not.toContain('reading view.console[]')
  })

  test('names the part that failed', () => {
    expect(statusAfter(init, { type: 'error', part: 'metrics', message: 'broken' })).toMatchObject({
      'error metrics': 1,
    })
  })

  test('counts beacons by what became of them, and those that wait', () => {
    const send = (id: string) => ({ type: 'send', id })
    const sent = (id: string) => ({ type: 'sent', id, bytes: 100 })
    const steps = [...['a', 'b', 'c', 'd'].map(send), sent('a'), sent('b'), { type: 'retry', id: 'c', cause: '503' }]

    expect(statusAfter(init, ...steps, { type: 'skip' }, { type: 'drop', id: 'd', cause: 'full' })).toMatchObject({
      ...{ send: 4, sent: 2, retry: 1, 'drop full': 1, skip: 1, waiting: 1, bytes: 200 },
    })
  })

  test('adds up what putting samples together took', () => {
    expect(statusAfter(init, { type: 'sample' }, { type: 'send' }, { type: 'sample' }, { type: 'skip' }).ms).toBe(20)
  })

  test('says from when on it counts, unless from the beginning', () => {
    expect(statusAfter(init, { type: 'skip' }).from).toBeUndefined()
    expect(statusAfter({ type: 'sent', id: 'a', bytes: 1, timeStamp: 700 }, { type: 'skip' })).toMatchObject({
      from: 700,
      waiting: 0,
    })
  })
})
