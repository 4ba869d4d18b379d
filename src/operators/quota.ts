import type { Reading } from '../sources/reading.ts'

/**
 * Bounds what waits for its beacon: `admits` lets `most` items of each list pass (ten times as many resource entries,
 * which have a lane of their own; a route, a metric or a cut always), and `renew()`, called when a sample closes, tells
 * how many of which were turned away since, or nothing.
 */
export const quota = (most: number) => {
  let seen: Record<string, number> = {}
  let lost: Record<string, number> | undefined
  return {
    admits: ({ field, cut }: Reading): boolean => {
      seen[field] = (seen[field] ?? 0) + 1
      const limit = field === 'view.resources[]' ? most * 10 : most
      if (cut || !field.endsWith('[]') || seen[field] <= limit) return true
      lost = { ...lost, [field]: seen[field] - limit }
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
