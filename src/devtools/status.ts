import { tenths } from '../payload/rounding.ts'
import type { Settings } from '../settings.ts'
import { mostWaiting } from '../sinks/delivery/deliver.ts'
import { type SourceStatus, sourceStatus } from './sourceStatus.ts'
import type { Step, StepOf } from './step.ts'

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

/**
 * Counts the steps that it is called with. Where they do not begin with `init`, the `settings` say what is switched off,
 * as far as they are known, and nobody what is unsupported.
 */
export const count = (settings?: Settings): { status: Status; add: (step: Step) => void } => {
  const beacons = {
    send: 0,
    sent: 0,
    retry: 0,
    waiting: 0,
    most: mostWaiting.envelopes,
    bytes: 0,
    skip: 0,
    ms: 0,
    from: -1,
  }
  const source = sourceStatus(settings)
  const dropped: Record<string, number> = {}
  const errors: Record<string, number> = {}
  const open = new Set<unknown>()
  let opened: number | undefined
  const more = (counts: Record<string, number>, name: string, by = 1) => {
    counts[name] = (counts[name] ?? 0) + by
  }
  const close = (closed: number) => {
    // a sample that came before the counting is not known
    beacons.ms = tenths(beacons.ms + closed - (opened ?? closed))
    opened = undefined
  }
  const counted: { [Type in Step['type']]?: (step: StepOf<Type>) => void } = {
    init({ settings }) {
      beacons.from = 0
      source.begin(settings)
    },
    reading: ({ field }) => source.read(field),
    visibility: ({ field }) => source.read(field),
    unsupported: ({ part }) => source.silent(part),
    error({ part }) {
      more(errors, part)
      source.fail(part)
    },
    sample({ reason, timeStamp }) {
      opened = timeStamp
      source.empty(reason === 'entries')
    },
    skip({ timeStamp }) {
      beacons.skip++
      close(timeStamp)
    },
    send({ id, timeStamp, dropped: lost = {} }) {
      beacons.send++
      close(timeStamp)
      open.add(id)
      for (const [cause, items] of Object.entries(lost)) {
        // all else in it was a step of its own
        if (cause.endsWith('[]')) more(dropped, cause, items)
      }
    },
    sent({ id, bytes = 0 }) {
      beacons.sent++
      beacons.bytes += bytes
      open.delete(id)
    },
    retry() {
      beacons.retry++
    },
    drop({ id, cause }) {
      more(dropped, cause)
      open.delete(id)
    },
  }
  const add = (step: Step) => {
    if (beacons.from < 0) beacons.from = step.timeStamp
    counted[step.type]?.(step as never)
    beacons.waiting = open.size
  }
  return { status: { sources: source.sources, beacons, dropped, errors }, add }
}
