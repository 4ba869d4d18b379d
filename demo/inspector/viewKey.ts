import type { Payload } from '../../src/payload/payload.ts'

/** What an id says: the key of its view, its number there, and whether it is of the second half of a beacon. */
export interface IdParts {
  key: string
  seq: number | undefined
  isHalf: boolean
}

/** Takes `key-3`, or `key-3.12.5` of a second half, apart; what ends in no number is a key as it is. */
export function idParts(id: string): IdParts {
  const at = id.lastIndexOf('-')
  const [number = '', ...cuts] = id.slice(at + 1).split('.')
  if (at < 0 || ![number, ...cuts].every((part) => /^\d+$/.test(part)))
    return { key: id, seq: undefined, isHalf: false }
  return { key: id.slice(0, at), seq: Number(number), isHalf: cuts.length > 0 }
}

/** What the beacons of one view share: their id without its number, or, of another client, session and start. */
export function viewKey({ session, view, beacon }: Payload): string {
  const { key, seq } = idParts(beacon.id)
  return seq === beacon.seq ? key : `${session.id}@${view.startTime}`
}

/** Whether this is the second half of a beacon that was too large: it has the number of the first, and a suffix. */
export const isHalf = (id: string): boolean => idParts(id).isHalf
