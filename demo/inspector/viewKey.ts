import type { Payload } from '../../src/payload/payload.ts'

/** What the beacons of one view share: their id without its number, or, of another client, session and start. */
export function viewKey({ session, view, beacon }: Payload): string {
  const key = keyOfId(beacon.id)
  return `${key}-${beacon.seq}` === beacon.id.replace(half, '') ? key : `${session.id}@${view.startTime}`
}

/** An id without its number, and without the suffix of a half. */
export const keyOfId = (id: string): string => id.replace(half, '').replace(/-\d+$/, '')

/** Whether this is the second half of a beacon that was too large: it has the number of the first, and a suffix. */
export const isHalf = (id: string): boolean => half.test(id)

const half = /(?<=-\d+)(?:\.\d+)+$/
