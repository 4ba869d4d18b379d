/** The middle of some values, and the quartiles: half of the values lie between these. */
export interface Spread {
  median: number
  low: number
  high: number
  /** How many values there were. */
  count: number
}

/** Values that are no numbers (of a visit that failed) are left out; of none at all, everything is NaN. */
export function spread(values: number[]): Spread {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b)
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(sorted, share)) as [number, number, number]
  return { median, low, high, count: sorted.length }
}

/** Between two values, what lies between them in proportion. */
function quantile(sorted: number[], share: number): number {
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? Number.NaN
  const above = sorted[Math.ceil(place)] ?? Number.NaN
  return below + (above - below) * (place - Math.floor(place))
}
