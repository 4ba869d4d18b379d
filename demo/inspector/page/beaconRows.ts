import type { Payload } from '../../../src/payload/payload.ts'
import { listsIn } from '../../listsIn.ts'
import type { StoredBeacon } from '../../store/storedBeacon.ts'

/** A line of the table of beacons: one that came, or the numbers that did not. */
export type BeaconRow =
  | { beacon: StoredBeacon; lane: 'samples' | 'entries'; inside: string }
  | { missing: [first: number, last: number] }

/** The same for the same line, however many come before it. */
export const rowKey = (row: BeaconRow): string =>
  'beacon' in row ? row.beacon.payload.beacon.id : `missing ${row.missing[0]}`

/** The beacons of a view by their number, with a line wherever numbers are missing. */
export function beaconRows(beacons: StoredBeacon[]): BeaconRow[] {
  let expected = 0
  return beacons.flatMap((beacon): BeaconRow[] => {
    const { seq } = beacon.payload.beacon
    const gap: BeaconRow[] = seq > expected ? [{ missing: [expected, seq - 1] }] : []
    expected = Math.max(expected, seq + 1)
    return [...gap, { beacon, lane: laneOf(beacon.payload), inside: inside(beacon.payload) }]
  })
}

/** Resource entries travel in beacons of their own. */
function laneOf({ view, beacon }: Payload): 'samples' | 'entries' {
  return beacon.reason === 'entries' || view.resources ? 'entries' : 'samples'
}

/** `lcp, cls, 3 longTasks`: what is new in it. */
function inside({ view, metrics }: Payload): string {
  const names = Object.entries(metrics ?? {})
    .filter(([, value]) => typeof value === 'number')
    .map(([name]) => name)
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more metrics`] : names
  return [...listsIn(view), ...shown].join(', ') || 'identity only'
}
