import { mostItems, timesEntries } from '../operators/quota.ts'
import type { Readings } from '../payload/reading.ts'
import { tenths } from '../payload/rounding.ts'
import type { Settings } from '../settings.ts'
import { most } from '../sinks/delivery/deliver.ts'
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
    /**
     * Milliseconds of the main thread between the ends of samples and the handing over of their beacons: laying them
     * out, `maskUrl`, `beforeSend`. What sources, observers, the journal and requests take is not in it.
     */
    ms: number
    /** When counting began, ms from the navigation start: 0 if at the beginning, else nothing before is counted. */
    from: number
  }
  /** Beacons that were dropped, by cause, and items that found their list full, by its field, once a beacon told so. */
  dropped: Record<string, number>
  /** What went wrong, by the part in which it did. */
  errors: Record<string, number>
}

/** How a source does, and of a list, how many items wait in the running sample, of so many at most. */
export interface SourceStatus {
  /**
   * `off` by a setting, else `on` as long as nothing else was told. `unknown`: it has told nothing since the counting
   * began, and whether it can was said before.
   */
  state: 'on' | 'off' | 'unsupported' | 'failed' | 'unknown'
  readings: number
  waiting?: number
  most?: number
}

/**
 * Counts the steps that it is called with. Where they do not begin with `init`, the `settings` say what is switched off,
 * as far as they are known, and nobody what is unsupported.
 */
export const count = (settings?: Settings): { status: Status; add: (step: Step) => void } => {
  const beacons = { send: 0, sent: 0, retry: 0, waiting: 0, most: most.envelopes, bytes: 0, skip: 0, ms: 0, from: -1 }
  const sources = Object.fromEntries(Object.keys(fields).map((field) => [field, sourceOf(field, 'unknown')]))
  const dropped: Record<string, number> = {}
  const errors: Record<string, number> = {}
  const open = new Set<unknown>()
  let isWhole = false
  let maxEntries = Number.POSITIVE_INFINITY
  let opened: number | undefined
  const more = (counts: Record<string, number>, name: string, by = 1) => {
    counts[name] = (counts[name] ?? 0) + by
  }

  const close = (closed: number) => {
    // a sample that came before the counting is not known
    beacons.ms = tenths(beacons.ms + closed - (opened ?? closed))
    opened = undefined
  }
  const switchOff = (given: Settings) => {
    maxEntries = given.maxEntries
    for (const [field, setting] of Object.entries(fields)) {
      if (setting && !given[setting]) sources[field] = { state: 'off', readings: 0 }
    }
  }
  const read = (field: string) => {
    const before = sources[field]
    const source = before && before.state !== 'off' ? before : sourceOf(field, 'on')
    sources[field] = source
    source.readings++
    if (source.waiting !== undefined) source.waiting++
    if (source.state !== 'failed') source.state = 'on'
  }
  const empty = (isChunk: boolean) => {
    for (const [field, source] of Object.entries(sources)) {
      if (source.waiting === undefined || isChunk !== (field === entries)) continue
      source.waiting = isChunk ? Math.max(0, source.waiting - maxEntries) : 0
    }
  }
  const counted: Record<string, (step: Step) => void> = {
    init({ settings }) {
      isWhole = true
      beacons.from = 0
      for (const field of Object.keys(fields)) sources[field] = sourceOf(field, 'on')
      switchOff(settings as Settings)
    },
    reading: ({ field }) => read(`${field}`),
    visibility: ({ field }) => read(`${field}`),
    unsupported({ part }) {
      const source = sources[`${part}`]
      if (!source || source.readings || !/^(on|unknown)$/.test(source.state)) return
      // one of several sources of a field may be all that the browser has, and one that is off is silent as well
      const isAll = isWhole || (`${part}`.startsWith('view.') && (settings || !fields[part as keyof Readings]))
      if (isAll) source.state = 'unsupported'
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
    send({ id, timeStamp, dropped: lost = {} }) {
      beacons.send++
      close(timeStamp)
      open.add(id)
      for (const [cause, items] of Object.entries(lost as Record<string, number>)) {
        // all else in it was a step of its own
        if (cause.endsWith('[]')) more(dropped, cause, items)
      }
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
    if (beacons.from < 0) beacons.from = step.timeStamp
    counted[step.type]?.(step)
    beacons.waiting = open.size
  }
  if (settings) switchOff(settings)
  return { status: { sources, beacons, dropped, errors }, add }
}

const entries = 'view.resources[]'

const sourceOf = (field: string, state: SourceStatus['state']): SourceStatus => ({
  ...{ state, readings: 0 },
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
