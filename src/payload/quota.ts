import type { Reading } from './reading.ts'
import { stringify } from './stringify.ts'
import { tryOr } from './tryOr.ts'

/** Items of one list that wait for one beacon; further ones are counted in `beacon.dropped`. */
export const mostItems = 1000

/** So many times as many of resource entries, which have a lane of their own, and of values. */
export const timesEntries = 10

/** Characters of the items of all lists that wait, resource entries left out. */
const mostCharacters = 500_000

const entriesField: Reading['field'] = 'view.resources[]'

/** Whether a reading is a resource entry; these have a lane of their own. */
export const isEntry = ({ field }: Reading): boolean => field === entriesField

/** A reading that may wait. */
export type Accepted = Reading & {
  /** The characters of its value, if it is an item of a list. */
  size: number
  /** It closes its sample. */
  isLast?: boolean
}

/**
 * Bounds what waits for its beacon. In one sampling period `most` items of each list and `mostCharacters` of all lists are
 * accepted, and ten times as many values, which replace each other. Resource entries, ten times as many as well, count until
 * they are released. A cut always passes. What is dropped, here or later, is counted by cause.
 */
export const quota = (most: number) => {
  let seen: Record<string, number | undefined> = {}
  let characters = 0
  const drop = (cause: string, count: number) => {
    if (count > 0) limits.dropped = { ...limits.dropped, [cause]: (limits.dropped?.[cause] ?? 0) + count }
  }
  const limits = {
    /** What was dropped, by cause, and is not told yet; whoever tells it sets this to `undefined`. */
    dropped: undefined as Record<string, number> | undefined,
    drop: (cause: string, count = 1) => drop(cause, count),
    /** The reading with its size, and of a batch the items that there is room for; `undefined` if there is none. */
    accept: (reading: Reading): Accepted | undefined => {
      const { field, value, cut, late, batch } = reading
      const isItem = !isEntry(reading) && field.endsWith('[]')
      const before = seen[field] ?? 0
      const left = most * (isItem ? 1 : timesEntries) - before
      const taken = batch?.slice(0, left)
      const count = taken ? taken.length : 1
      const isTooMuch = left < 1 || (isItem && characters > mostCharacters)
      if (batch) drop(field, batch.length - count)
      if (isTooMuch && !cut) {
        if (!batch) drop(field, 1)
        return undefined
      }
      seen[field] = before + count
      const size = isItem ? tryOr(() => stringify(value).length, 0) : 0
      characters += size
      return { field, value, cut, late, batch: taken, size } as Accepted
    },
    /** So many resource entries have left. */
    release: (entries: number) => {
      seen[entriesField] = (seen[entriesField] ?? 0) - entries
    },
    /** A sampling period has ended. */
    reset: () => {
      seen = { [entriesField]: seen[entriesField] }
      characters = 0
    },
  }
  return limits
}
