import type { Reading } from '../payload/reading.ts'
import { stringify } from '../payload/stringify.ts'

/** A reading, and whether it closes its sample: because it is a cut, or because the sample has grown large with it. */
export type Admitted = Reading & { isLast: boolean }

/** Items of one list that wait for one beacon; further ones are counted in `beacon.dropped`. */
export const mostItems = 1000

/** So many times as many of resource entries, which have a lane of their own, and of values. */
export const timesEntries = 10

/** Characters of the items of all lists that wait, resource entries left out. */
const mostCharacters = 500_000

/** Characters of readings that close a sample before its time. Browsers refuse a beacon of more than 64 KiB. */
const large = 48_000

const entriesField: Reading['field'] = 'view.resources[]'

/** Whether a reading is a resource entry; these have a lane of their own. */
export const isEntry = ({ field }: Reading): boolean => field === entriesField

/**
 * Bounds what waits for its beacon, and parts it into samples: `admit` gives back a reading as long as no more than `most`
 * items of its list, and `mostCharacters` of all lists, have come since a sample left that had closed other than for its
 * size; `renew` is told with its last reading. Values, which replace each other, may be ten times as many, and a cut always
 * passes. Resource entries, ten times as many as well, count until they have `left`. `lose` counts what was dropped here or
 * later, by cause; who tells of what was `lost` takes it away.
 */
export const quota = (most: number) => {
  let seen: Record<string, number | undefined> = {}
  let characters = 0
  let gathered = 0
  const room = {
    lost: undefined as Record<string, number> | undefined,
    lose: (cause: string) => {
      room.lost = { ...room.lost, [cause]: (room.lost?.[cause] ?? 0) + 1 }
    },
    admit: (reading: Reading): Admitted[] => {
      const { field, value, cut } = reading
      const count = (seen[field] ?? 0) + 1
      const isScarce = !isEntry(reading) && field.endsWith('[]')
      if (!cut && (count > most * (isScarce ? 1 : timesEntries) || (isScarce && characters > mostCharacters))) {
        room.lose(field)
        return []
      }
      seen[field] = count
      if (isScarce) {
        const { length } = stringify(value)
        characters += length
        gathered += length
      }
      const isLast = !!cut || gathered > large
      if (isLast) gathered = 0
      return [{ ...reading, isLast }]
    },
    left: (entries: number) => {
      ;(seen[entriesField] as number) -= entries
    },
    renew: (last?: Admitted) => {
      if (!last?.isLast) gathered = 0
      else if (!last.cut) return
      seen = { [entriesField]: seen[entriesField] }
      characters = 0
    },
  }
  return room
}
