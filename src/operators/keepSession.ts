import { map, type OperatorFunction } from 'rxjs'
import type { Reason, Session } from '../payload/payload.ts'
import type { Identified } from './identify.ts'

/** Readings that leave together, and why they leave now. */
export interface Parcel {
  reason: Reason
  readings: Identified[]
  /** Whether it is only told of, and still grows. */
  isOpen?: boolean
  /** What it has in common with what was told of it while it was open. */
  slot?: object
}

/** A parcel with the session that it belongs to. */
export type SessionParcel = Parcel & { session: Session }

/**
 * Gives each parcel its session. `session(true)` marks it as alive: asked once a sampling loop, for a sample without a
 * reading too. Entries, and what is still open, only travel along.
 */
export const keepSession = (session: (alive: boolean) => Session): OperatorFunction<Parcel, SessionParcel> =>
  map((parcel) => ({ ...parcel, session: session(!parcel.isOpen && parcel.reason !== 'entries') }))
