import type { Reading } from '../sources/reading.ts'

/** Items of one list that wait for one beacon; further ones are counted in `beacon.dropped`. */
export const mostItems = 1000

/** Of resource entries, which have a lane of their own, so many times as many. */
export const timesEntries = 10

/**
 * Bounds what waits for its beacon: `admits` lets `most` items of each list pass until `renew()` is called, when a
 * sampling period ends (ten times as many resource entries, which have a lane of their own; a route, a metric or a cut
 * always). `lose` counts what was dropped here or later, by cause, and `told` is what was lost since it was asked last.
 */
export const quota = (most: number) => {
  let seen: Record<string, number> = {}
  let lost: Record<string, number> | undefined
  const lose = (cause: string) => {
    lost = { ...lost, [cause]: (lost?.[cause] ?? 0) + 1 }
  }
  return {
    lose,
    admits: ({ field, cut }: Reading): boolean => {
      seen[field] = (seen[field] ?? 0) + 1
      const limit = field === 'view.resources[]' ? most * timesEntries : most
      if (cut || !field.endsWith('[]') || (seen[field] as number) <= limit) return true
      lose(field)
      return false
    },
    renew: () => {
      seen = {}
    },
    told: () => {
      const told = lost
      lost = undefined
      return told
    },
  }
}
