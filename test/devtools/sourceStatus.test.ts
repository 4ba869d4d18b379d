import { describe, expect, test } from 'vitest'
import { sourceStatus } from '../../src/devtools/sourceStatus'
import type { Settings } from '../../src/settings'
import { settingsWith } from '../helpers/sources'

type Status = ReturnType<typeof sourceStatus>

/** The sources of a collector whose start was counted, with these settings. */
const whole = (given: Partial<Settings> = {}, known?: Settings) => {
  const status = sourceStatus(known)
  status.begin(settingsWith(given))
  return status
}
/** The sources of one whose first steps are forgotten; its settings may be known. */
const late = (given?: Partial<Settings>) => sourceStatus(given && settingsWith(given))

const stateOf = ({ sources }: Status, field: string) => sources[field]?.state
const waitingOf = ({ sources }: Status, ...fields: string[]) => fields.map((field) => sources[field]?.waiting)

const single = 'view.longTasks[]'
const several = 'metrics'
const entries = 'view.resources[]'

describe('sourceStatus', () => {
  test('knows of all that is observed, also where it has told nothing', () => {
    const { sources } = whole()

    expect(Object.keys(sources)).toEqual(
      expect.arrayContaining(['view', 'attributes', 'metrics', 'view.fps[]', 'view.usedMemory', entries]),
    )
    expect(new Set(Object.values(sources).map(({ state, readings }) => `${state} ${readings}`))).toEqual(
      new Set(['on 0']),
    )
  })

  test('counts readings, field by field', () => {
    const status = whole()
    for (const field of [several, single, several]) status.read(field)

    expect(status.sources).toMatchObject({
      metrics: { state: 'on', readings: 2 },
      'view.longTasks[]': { state: 'on', readings: 1, waiting: 1 },
      'view.actions[]': { state: 'on', readings: 0, waiting: 0 },
    })
  })

  test('counts a field of somebody else, and what waits of it', () => {
    const status = whole()
    for (const field of ['view.carts[]', 'view.theme']) status.read(field)

    expect(status.sources['view.carts[]']).toEqual({ state: 'on', readings: 1, waiting: 1, most: 1000 })
    expect(status.sources['view.theme']).toEqual({ state: 'on', readings: 1 })
  })

  test('says of a list how many of how many wait, of a value nothing', () => {
    const { sources } = whole()

    expect(sources).toMatchObject({
      'view.events[]': { waiting: 0, most: 1000 },
      [entries]: { waiting: 0, most: 10_000 },
    })
    for (const field of ['view', 'metrics', 'view.usedMemory']) expect(sources[field]).not.toHaveProperty('waiting')
  })

  test.for<[keyof Settings, string[]]>([
    ['trackConsole', ['view.console[]']],
    ['trackErrors', ['view.errors[]']],
    ['trackHeroes', ['view.marks[]']],
    ['trackResources', ['view.resourceTypes', entries]],
  ])('knows what %s switches off, where nothing waits', ([setting, fields]) => {
    for (const { sources } of [whole({ [setting]: false }), late({ [setting]: false })]) {
      const off = Object.entries(sources).filter(([, { state }]) => state === 'off')

      expect(off.map(([field]) => field)).toEqual(fields)
      expect(off.map(([, source]) => source)).toEqual(fields.map(() => ({ state: 'off', readings: 0 })))
    }
  })

  test('believes the settings with which the collector starts more than those that were known before', () => {
    const status = whole({ trackErrors: false }, settingsWith({ trackConsole: false }))

    expect(['view.console[]', 'view.errors[]'].map((field) => stateOf(status, field))).toEqual(['on', 'off'])
  })

  test('believes a reading more than the settings', () => {
    for (const status of [whole({ trackConsole: false }), late({ trackConsole: false })]) {
      status.read('view.console[]')

      expect(status.sources['view.console[]']).toEqual({ state: 'on', readings: 1, waiting: 1, most: 1000 })
    }
  })
})

describe('what waits', () => {
  const lists = ['view.events[]', 'view.marks[]', entries]
  const waiting = (status: Status) => {
    for (const field of [...lists, entries, entries]) status.read(field)
    return status
  }

  test('has left with its sample, but for resource entries', () => {
    const status = waiting(whole())
    expect(waitingOf(status, ...lists)).toEqual([1, 1, 3])

    status.empty(false)
    expect(waitingOf(status, ...lists)).toEqual([0, 0, 3])
  })

  test('of resource entries leaves by as many as a beacon takes', () => {
    const status = waiting(whole({ maxEntries: 2 }))
    status.empty(true)
    expect(waitingOf(status, ...lists)).toEqual([1, 1, 1])

    status.empty(true)
    expect(waitingOf(status, ...lists)).toEqual([1, 1, 0])
  })

  test('of them is nothing where nobody knows how many a beacon takes: as many as are known to wait, at least', () => {
    const [known, unknown] = [waiting(late({ maxEntries: 2 })), waiting(late())]
    for (const status of [known, unknown]) status.empty(true)

    expect(waitingOf(known, entries)).toEqual([1])
    expect(waitingOf(unknown, entries)).toEqual([0])
  })

  test('leaves alone what is no list, or off', () => {
    const status = whole({ trackConsole: false })
    for (const isChunk of [false, true]) status.empty(isChunk)

    expect(waitingOf(status, several, 'view.console[]')).toEqual([undefined, undefined])
  })
})

describe('a source that ends without a value', () => {
  test('is unsupported', () => {
    const status = whole()
    for (const field of [single, several]) status.silent(field)

    expect([single, several].map((field) => stateOf(status, field))).toEqual(['unsupported', 'unsupported'])
  })

  test('is on where another one has filled its field, before it or after', () => {
    const status = whole()
    status.silent(several)
    status.read(several)
    status.silent(several)

    expect(stateOf(status, several)).toBe('on')
  })

  test('stays off, or failed, where it is', () => {
    const status = whole({ trackConsole: false })
    status.fail(single)
    for (const field of ['view.console[]', single]) status.silent(field)

    expect(['view.console[]', single].map((field) => stateOf(status, field))).toEqual(['off', 'failed'])
  })

  test('is none of ours where nobody knows its field', () => {
    const status = whole()
    for (const field of ['view.carts[]', 'source 2']) status.silent(field)

    expect(status.sources).not.toHaveProperty(['view.carts[]'])
    expect(status.sources).not.toHaveProperty(['source 2'])
  })
})

describe('a source that fails', () => {
  test('has failed, whatever others of its field tell, which are counted', () => {
    const status = whole()
    status.fail(several)
    status.read(several)

    expect(status.sources[several]).toEqual({ state: 'failed', readings: 1 })
  })

  test('is none of ours where nobody knows its field', () => {
    const status = whole()
    for (const part of ['beacon', 'addEvent', 'sink']) status.fail(part)

    expect(status.sources).toEqual(whole().sources)
  })
})

describe('sources whose first steps are forgotten', () => {
  test('are unknown, but those that tell something', () => {
    const status = late()
    status.read(several)

    expect(status.sources[several]).toEqual({ state: 'on', readings: 1 })
    expect([single, 'view.console[]', entries].map((field) => stateOf(status, field))).toEqual(Array(3).fill('unknown'))
  })

  test('are unknown also where the settings are known and do not switch them off', () => {
    expect(stateOf(late({ trackConsole: false }), 'view.errors[]')).toBe('unknown')
  })

  test('are unsupported where they end silently, if there is but one of the field, and it is not off', () => {
    const fields = [single, several, 'view.console[]']
    const silenced = (status: Status) => {
      for (const field of fields) status.silent(field)
      return fields.map((field) => stateOf(status, field))
    }

    expect(silenced(late())).toEqual(['unsupported', 'unknown', 'unknown'])
    expect(silenced(late({}))).toEqual(['unsupported', 'unknown', 'unsupported'])
    expect(silenced(late({ trackConsole: false }))).toEqual(['unsupported', 'unknown', 'off'])
  })

  test('are all counted from the start of the collector on, if that comes after all', () => {
    const status = late()
    status.fail(several)
    status.begin(settingsWith())

    expect(status.sources).toEqual(whole().sources)
  })
})
