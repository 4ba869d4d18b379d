import type { Reading } from '../sources/reading'

/**
 * Bounds what waits for its beacon: `admits` lets `most` items of each list pass (a route, a metric or a cut always does),
 * and `renew()`, called when a sample closes, tells how many of which were turned away since, or nothing.
 */
export const quota = (most: number) => {
  let seen: Record<string, number> = {}
  let lost: Record<string, number> | undefined
  return {
    admits: ({ field, cut }: Reading): boolean => {
      seen[field] = (seen[field] ?? 0) + 1
      if (cut || !field.endsWith('[]') || seen[field] <= most) return true
      lost = { ...lost, [field]: seen[field] - most }
      return false
    },
    renew: () => {
      const told = lost
      seen = {}
      lost = undefined
      return told
    },
  }
}
