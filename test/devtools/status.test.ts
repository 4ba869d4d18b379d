import { describe, expect, test } from 'vitest'
import { count } from '../../src/devtools/status'
import type { Step } from '../../src/devtools/step'
import { settingsWith } from '../helpers/sources'

const init = {
  type: 'init',
  settings: { trackConsole: false, trackErrors: true, trackResources: true, trackHeroes: true, maxEntries: 2 },
}
const reading = (field: string) => ({ type: 'reading', field })

/** The status after these steps, 10 ms apart. */
const statusAfter = (...steps: { type: string; [detail: string]: unknown }[]) => {
  const { status, add } = count()
  for (const [at, step] of steps.entries()) add({ timeStamp: at * 10, ...step } as Step)
  return status
}

describe('count', () => {
  test('counts the readings of each source, and knows of those that have told nothing', () => {
    expect(statusAfter(init, reading('metrics'), reading('metrics')).sources).toMatchObject({
      metrics: { state: 'on', readings: 2 },
      'view.actions[]': { state: 'on', readings: 0, waiting: 0, most: 1000 },
    })
  })

  test('takes a step of the visibility for a reading, which it is', () => {
    expect(statusAfter(init, { type: 'visibility', field: 'view' }).sources.view?.readings).toBe(1)
  })

  test('tells what is switched off, what the browser does not support, and what has failed', () => {
    const unsupported = (part: string) => ({ type: 'unsupported', part })
    const failed = { type: 'error', part: 'view.actions[]', message: 'broken' }
    const some = [unsupported('metrics'), reading('metrics'), unsupported('metrics')]
    const { sources, errors } = statusAfter(
      ...[init, unsupported('view.console[]'), unsupported('view.fps[]'), failed, ...some],
    )

    expect(sources).toMatchObject({
      'view.console[]': { state: 'off' },
      'view.fps[]': { state: 'unsupported' },
      'view.actions[]': { state: 'failed' },
      metrics: { state: 'on', readings: 1 },
    })
    expect(errors).toEqual({ 'view.actions[]': 1 })
  })

  test('counts what waits in the running sample, each lane of its own', () => {
    const lists = ['view.events[]', 'view.resources[]', 'view.resources[]', 'view.resources[]', 'metrics'].map(reading)
    const waiting = (...steps: { type: string; [detail: string]: unknown }[]) => {
      const { sources } = statusAfter(init, ...lists, ...steps)
      return [sources['view.events[]']?.waiting, sources['view.resources[]']?.waiting, sources.metrics?.waiting]
    }

    expect(waiting()).toEqual([1, 3, undefined])
    expect(waiting({ type: 'sample', reason: 'sample' })).toEqual([0, 3, undefined])
    expect(waiting({ type: 'sample', reason: 'entries' })).toEqual([1, 1, undefined])
  })

  test('counts beacons by what became of them, and those that wait', () => {
    const send = (id: string) => ({ type: 'send', id })
    const sent = (id: string) => ({ type: 'sent', id, bytes: 100 })
    const steps = [...['a', 'b', 'c', 'd'].map(send), sent('a'), sent('b'), { type: 'retry', id: 'c', cause: '503' }]
    const { beacons, dropped } = statusAfter(
      ...[init, ...steps, { type: 'skip' }, { type: 'drop', id: 'd', cause: 'full' }],
    )

    expect(beacons).toMatchObject({ send: 4, sent: 2, retry: 1, skip: 1, waiting: 1, most: 500, bytes: 200 })
    expect(dropped).toEqual({ full: 1 })
  })

  test('adds up what putting samples together took', () => {
    const steps = [{ type: 'sample' }, { type: 'send' }, { type: 'sample' }, { type: 'skip' }]

    expect(statusAfter(init, ...steps).beacons.ms).toBe(20)
  })

  test('adds no time between two samples', () => {
    const steps = [{ type: 'sample' }, { type: 'send' }, { type: 'drop', cause: 'beforeSend' }, { type: 'skip' }]

    expect(statusAfter(init, ...steps).beacons.ms).toBe(10)
  })

  test('counts items that were lost in full lists, and nothing twice', () => {
    const drop = { type: 'drop', id: 'a', cause: '400' }
    const send = { type: 'send', id: 'b', dropped: { 'view.events[]': 3, '400': 1 } }
    const later = { type: 'send', id: 'c', dropped: { 'view.events[]': 2 } }

    expect(statusAfter(init, drop, send, { type: 'send', id: 'd' }, later).dropped).toEqual({
      '400': 1,
      'view.events[]': 5,
    })
  })

  test('says from when on it counts', () => {
    expect(statusAfter(init, { type: 'skip' }).beacons.from).toBe(0)
    // a setting that is wrong is told before all else
    expect(statusAfter({ type: 'error', part: 'setting', timeStamp: 5 }, init).beacons.from).toBe(0)
    const late = [
      { type: 'send', id: 'a', timeStamp: 700 },
      { type: 'sent', id: 'a' },
      { type: 'sent', id: 'b' },
    ]
    expect(statusAfter(...late).beacons).toMatchObject({ from: 700, ms: 0, bytes: 0, waiting: 0 })
  })

  test('knows what is off also where the first steps are forgotten, if it knows the settings', () => {
    const { status, add } = count(settingsWith({ trackConsole: false }))
    add({ type: 'skip', timeStamp: 700 })

    expect(status.sources).toMatchObject({ 'view.console[]': { state: 'off' }, 'view.errors[]': { state: 'unknown' } })
    expect(statusAfter({ type: 'skip' }).sources).toMatchObject({ 'view.console[]': { state: 'unknown' } })
  })
})
