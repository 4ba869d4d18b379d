import { viewOf } from '../../src/sinks/delivery/recovery.ts'
import type { Arrival } from '../browser/harness/inbox.ts'

/**
 * What a receiver keeps: of each id the first that it has taken, in the order in which the pages have numbered them. Up to
 * four requests run side by side, and may overtake each other.
 */
export const unique = (beacons: Arrival[]): Arrival[] => {
  const taken = beacons.filter(({ answer }) => typeof answer === 'object' && (answer.status ?? 204) < 300)
  const ids = new Map<string, Arrival>()
  for (const arrival of taken) if (!ids.has(arrival.payload.beacon.id)) ids.set(arrival.payload.beacon.id, arrival)
  const kept = [...ids.values()]
  // the keys of views sort by their start
  return kept.sort(({ payload: { beacon: a } }, { payload: { beacon: b } }) => {
    return viewOf(a.id).localeCompare(viewOf(b.id)) || a.seq - b.seq
  })
}
