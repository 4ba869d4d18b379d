import type { Beacon, Payload, Reason, Session } from '../payload/payload.ts'
import type { Settings } from '../settings.ts'

/**
 * One step of the client's life, as the debug stream shows it: a plain object, with a `timeStamp` in ms from the navigation
 * start. Its `type` tells what else is in it.
 */
export type Step = StepOf<keyof StepTypes>

/** A step of one of these types. */
export type StepOf<Type extends keyof StepTypes> = {
  [One in Type]: { type: One; timeStamp: number } & StepTypes[One]
}[Type]

/** What each type of step tells beside its `timeStamp`. */
export interface StepTypes {
  /** The collector starts, with these settings. Only wrong settings come before, as `error`. */
  init: { settings: Settings }
  /** A view begins, in this session. */
  session: Session
  /** The page has loaded and the visitor has agreed: beacons may leave. */
  load: object
  /** A source has emitted a value of this payload field, or the client has computed a late value. A `cut` closes its sample. */
  reading: { field: string; value: unknown; cut?: Reason }
  /** The same, for the visibility of the page. */
  visibility: { field: string; value: unknown; cut?: Reason }
  /** A source has ended without a value: the browser does not support it, or a setting has turned it off. */
  unsupported: { part: string }
  /** A sample, or a chunk of resource entries, has closed; `news` are the fields of its readings. */
  sample: { reason: Reason; news: string }
  /** The sample had no news, so the client sends nothing. */
  skip: object
  /** The sinks get a beacon: the fields of its `beacon`, and the whole payload. */
  send: Beacon & { payload: Payload }
  /**
   * The receiver has taken the beacon (`fetch`, `keepalive`), or the browser has, for a page that ends (`sendBeacon`). `dry`:
   * `?debug=dry`. An OTLP endpoint may have `rejected` some of its records.
   */
  sent: {
    id: string
    seq: number
    reason: Reason
    bytes?: number
    way: string
    status?: number
    rejected?: number
    cause?: string
  }
  /**
   * Sending has failed. The client sends the beacon again after `retryIn` ms, or after the beacons that already wait. With the
   * cause `size`, or after a 413, it sends two halves.
   */
  retry: {
    id: string
    seq: number
    reason: Reason
    bytes: number
    way?: string
    status?: number
    cause?: string
    retryIn?: number
  }
  /** The beacon is lost. The cause is the status of a refusal, `full`, `old` (7 days), `no endpoint`, `beforeSend`, or a text from your sink. */
  drop: { cause: string; id?: string; seq?: number; reason?: Reason; bytes?: number; way?: string; status?: number }
  /** The browser has no storage: beacons wait in memory. */
  unstored: { cause: string }
  /** A part has failed and ended, or the client has refused a call or a setting. The console has it as well, unless a source failed. */
  error: { part: string; message: string }
  /** The collector has stopped; the stream ends. */
  stop: object
  /** Only in a `for await` loop: the loop was too slow, and has missed this many steps here. */
  missed: { steps: number }
}
