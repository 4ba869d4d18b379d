import type { Arrival } from '../browser/harness/inbox.ts'

/** What a receiver keeps: of each id the first that it has taken. */
export const unique = (beacons: Arrival[]): Arrival[] => {
  const taken = beacons.filter(({ answer }) => typeof answer === 'object' && (answer.status ?? 204) < 300)
  const ids = new Map<string, Arrival>()
  for (const arrival of taken) if (!ids.has(arrival.payload.beacon.id)) ids.set(arrival.payload.beacon.id, arrival)
  return [...ids.values()]
}
