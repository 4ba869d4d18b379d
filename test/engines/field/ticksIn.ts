import type { Arrival } from '../../browser/harness/inbox.ts'

/** The value of `tick` in each event that has arrived, in order; `undefined` for any other event. */
export const ticksIn = (beacons: Arrival[]) =>
  beacons.flatMap(({ payload }) => payload.view.events ?? []).map(({ tick }) => tick)
