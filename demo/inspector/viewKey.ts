import type { Payload } from '../../src/sinks/payload.ts'

/** What the beacons of one view share: their id without its number, or, of another client, session and start. */
export function viewKey({ session, view, beacon }: Payload): string {
  const [id = ''] = beacon.id.split(half)
  const end = `-${beacon.seq}`
  return id.endsWith(end) ? id.slice(0, -end.length) : `${session.id}@${view.startTime}`
}

/** Whether this is the second half of a beacon that was too large: it has the number of the first, and a suffix. */
export const isHalf = (id: string): boolean => half.test(id)

const half = /(?<=-\d+)(?:\.\d+)+$/
