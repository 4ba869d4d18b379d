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
  /** The collector starts, with these settings. Only settings that are wrong are told before. */
  init: { settings: Settings }
  /** A view begins, in this session. */
  session: Session
  /** The page has loaded and the visitor has agreed: something may be sent. */
  load: object
  /** A source has emitted a value of this payload field, or a late value was worked out. A `cut` closes its sample. */
  reading: { field: string; value: unknown; cut?: Reason }
  /** The same, where the value is the visibility of the page. */
  visibility: { field: string; value: unknown; cut?: Reason }
  /** A source has ended without a value: the browser can't tell, or a setting has switched it off. */
  unsupported: { part: string }
  /** A sample, or a chunk of resource entries, has closed; `news` are the fields of its readings. */
  sample: { reason: Reason; news: string }
  /** It said nothing new, so nothing is sent. */
  skip: object
  /** A beacon is handed to the sinks: what is in its `beacon`, and the whole payload. */
  send: Beacon & { payload: Payload }
  /** It has arrived (`fetch`), or was taken by the browser for a page that ends (`sendBeacon`, `keepalive`), or by nobody (`dry`). An OTLP endpoint may have `rejected` some of its records. */
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
   * It has not, and is tried again: in so many ms, or after those that are waiting. With the cause `size`, or after a 413, in
   * two halves.
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
  /** It is lost: refused with a status, `full`, `old` (7 days), `no endpoint`, `beforeSend`, or what a sink of yours calls it. */
  drop: { cause: string; id?: string; seq?: number; reason?: Reason; bytes?: number; way?: string; status?: number }
  /** There is no storage: what waits is kept in memory. */
  unstored: { cause: string }
  /** A part has failed and ended, or a call or setting was refused; the console has it as well, unless a source failed. */
  error: { part: string; message: string }
  /** The collector has stopped; the stream ends. */
  stop: object
  /** Only in a `for await` loop: it was so slow that so many steps were left out here. */
  missed: { steps: number }
}
