import { mostItems, timesEntries } from '../operators/quota.ts'
import type { Readings } from '../sources/reading.ts'
import type { Settings } from '../sources/settings.ts'
import { tenths } from '../sources/tenths.ts'
import { most } from './deliver.ts'
import type { Step } from './step.ts'

/** What the client has done so far in this page. */
export interface Status {
  /** What is observed, by its field in the payload. */
  sources: Record<string, SourceStatus>
  beacons: {
    /** Handed over by the pipeline, taken by the receiver, tried again, and waiting for an answer, of so many at most. */
    send: number
    sent: number
    retry: number
    waiting: number
    most: number
    /** Of the bodies that were taken. */
    bytes: number
    /** Samples that said nothing new. */
    skip: number
    /** Milliseconds of the main thread that it took to put samples together. */
    ms: number
    /** When counting began, ms from the navigation start; 0 if at the beginning. */
    from: number
  }
  /** Beacons that were dropped, by cause. */
  dropped: Record<string, number>
  /** What went wrong, by the part in which it did. */
  errors: Record<string, number>
}

/** How a source does, and of a list, how many items wait in the running sample, of so many at most. */
export interface SourceStatus {
  state: 'on' | 'off' | 'unsupported' | 'failed'
  readings: number
  waiting?: number
  most?: number
}

/** Counts the steps that it is called with, from the first. */
export const count = (): { status: Status; add: (step: Step) => void } => {
  const beacons = { send: 0, sent: 0, retry: 0, waiting: 0, most: most.envelopes, bytes: 0, skip: 0, ms: 0, from: -1 }
  const sources = Object.fromEntries(Object.keys(fields).map((field) => [field, sourceOf(field)]))
  const dropped: Record<string, number> = {}
  const errors: Record<string, number> = {}
  const open = new Set<unknown>()
  let maxEntries = 0
  let opened: number | undefined
  const more = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1
  }

  const close = (closed: number) => {
    // a sample that came before the counting is not known
    beacons.ms = tenths(beacons.ms + closed - (opened ?? closed))
  }
  const read = (field: string) => {
    sources[field] ??= sourceOf(field)
    const source = sources[field]
    source.readings++
    if (source.waiting !== undefined) source.waiting++
    if (source.state === 'unsupported') source.state = 'on'
  }
  const empty = (isChunk: boolean) => {
    for (const [field, source] of Object.entries(sources)) {
      if (source.waiting === undefined || isChunk !== (field === entries)) continue
      source.waiting = isChunk ? Math.max(0, source.waiting - maxEntries) : 0
    }
  }
  const counted: Record<string, (step: Step) => void> = {
    init({ settings }) {
      const given = settings as Settings
      maxEntries = given.maxEntries
      for (const [field, setting] of Object.entries(fields)) {
        if (setting && !given[setting]) sources[field] = { state: 'off', readings: 0 }
      }
    },
    reading: ({ field }) => read(`${field}`),
    visibility: ({ field }) => read(`${field}`),
    unsupported({ part }) {
      const source = sources[`${part}`]
      // one of several sources of a field may be all that the browser has
      if (source?.state === 'on' && !source.readings) source.state = 'unsupported'
    },
    error({ part }) {
      more(errors, `${part}`)
      const source = sources[`${part}`]
      if (source) source.state = 'failed'
    },
    sample({ reason, timeStamp }) {
      opened = timeStamp
      empty(reason === 'entries')
    },
    skip({ timeStamp }) {
      beacons.skip++
      close(timeStamp)
    },
    send({ id, timeStamp }) {
      beacons.send++
      close(timeStamp)
      open.add(id)
    },
    sent({ id, bytes = 0 }) {
      beacons.sent++
      beacons.bytes += Number(bytes)
      open.delete(id)
    },
    retry() {
      beacons.retry++
    },
    drop({ id, cause }) {
      more(dropped, `${cause}`)
      open.delete(id)
    },
  }
  const add = (step: Step) => {
    if (beacons.from < 0) beacons.from = step.type === 'init' ? 0 : step.timeStamp
    counted[step.type]?.(step)
    beacons.waiting = open.size
  }
  return { status: { sources, beacons, dropped, errors }, add }
}

const entries = 'view.resources[]'

const sourceOf = (field: string): SourceStatus => ({
  ...{ state: 'on', readings: 0 },
  ...(field.endsWith('[]') && { waiting: 0, most: field === entries ? mostItems * timesEntries : mostItems }),
})

/** All that is observed, and which setting switches it off. */
const fields: Record<keyof Readings, keyof Settings | ''> = {
  view: '',
  attributes: '',
  audits: '',
  metrics: '',
  'view.resourceTypes': 'trackResources',
  'view.resources[]': 'trackResources',
  'view.longTasks[]': '',
  'view.longAnimationFrames[]': '',
  'view.fps[]': '',
  'view.console[]': 'trackConsole',
  'view.errors[]': 'trackErrors',
  'view.actions[]': '',
  'view.usedMemory': '',
  'view.marks[]': 'trackHeroes',
  'view.events[]': '',
}
