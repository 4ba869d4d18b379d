import type { Payload } from '../../src/sinks/payload.ts'

/** What the beacons of one view share: their id without its number, or, of another client, session and start. */
export function viewKey({ session, view, beacon }: Payload): string {
  const end = `-${beacon.seq}`
  return beacon.id.endsWith(end) ? beacon.id.slice(0, -end.length) : `${session.id}@${view.startTime}`
}
