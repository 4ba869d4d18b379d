import type { Identity } from './identity.ts'
import type { Payload, Reason, Session } from './payload.ts'
import type { Reading } from './reading.ts'

/** Readings that leave together. While it is open, it grows by reference. */
export interface Sample {
  /** Why it leaves now; `recovered` while it is open: that is what a page that dies leaves behind. */
  reason: Reason
  readings: Reading[]
  /** Whose readings they are. */
  identity: Identity
  /** It may still grow, or wait for its turn: somebody only wants to keep what there is. */
  isOpen?: boolean | undefined
  /** It has closed because it was full, which is not the end of a sampling period. */
  isFull?: boolean | undefined
  /** Only its time is over: what has come waits for more. */
  isHeld?: boolean | undefined
  /** By this one knows a sample again that was looked at while it was open, or comes twice. */
  draft?: object | undefined
}

/** A sample with the session that it belongs to. */
export type SessionSample = Sample & { session: Session }

/** A payload before it has a number; open ones as in a sample. */
export type UnsealedPayload = Omit<Payload, 'beacon'> & {
  beacon: Pick<Payload['beacon'], 'reason'>
  isOpen?: boolean | undefined
  draft?: object | undefined
}
