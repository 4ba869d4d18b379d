import type { StoredBeacon } from '../../store/storedBeacon.ts'

/**
 * Whether the times inside a view count from `view.startTime`, so that a beacon's arrival can be put among them. They do
 * unless it began after its page: times still count from the navigation start, `startTime` is from its return.
 */
export function countsFromStart(beacons: StoredBeacon[]): boolean {
  return !beacons.some(
    (beacon) =>
      beacon.payload.metrics?.navigationType === 'back-forward-cache' ||
      // nothing is told before it happens
      latest(beacon) > beacon.receivedAt - beacon.payload.view.startTime + skew,
  )
}

/** The last moment that a beacon tells of, ms from the navigation start. */
function latest({ payload: { view } }: StoredBeacon): number {
  const lists: { timeStamp?: number; startTime?: number; duration?: number }[][] = [
    ...[view.longTasks, view.longAnimationFrames, view.marks, view.actions, view.events, view.console, view.errors],
    ...[view.fps, view.resources],
  ].map((list) => list ?? [])
  return lists
    .flat()
    .reduce((time, { timeStamp, startTime = 0, duration = 0 }) => Math.max(time, timeStamp ?? startTime + duration), 0)
}

/** The clocks of visitor and receiver may differ by this much, ms. */
const skew = 1000
