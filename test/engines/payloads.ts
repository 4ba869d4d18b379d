import type { Payload } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'

/** What was sent for this reason, in order of arrival. */
export const because = (reason: string, beacons: Arrival[]): Payload[] =>
  beacons.map(({ payload }) => payload).filter(({ beacon }) => beacon.reason === reason)

/** The paths of the resources. */
export const resourcesIn = (payloads: Payload[]): string[] =>
  payloads.flatMap(({ view }) => view.resources ?? []).map(({ name }) => new URL(name).pathname)

/** The names of the events. Not all that is posted is a payload. */
export const eventsIn = (payload?: Partial<Payload>): string[] =>
  (payload?.view?.events ?? []).flatMap((event) => Object.keys(event)).filter((name) => name !== 'timeStamp')

/** The same of all that has arrived, in its order. */
export const eventsOf = (beacons: Arrival[]): string[] => beacons.flatMap(({ payload }) => eventsIn(payload))
