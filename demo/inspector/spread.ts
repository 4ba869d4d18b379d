import { type Measure, measures, type Spread } from './summaries.ts'
import { type Limits, rateBy, thresholds } from './thresholds.ts'

/** How each measure is spread: the values of each, in the order of `measures`. */
export function spreadsOf(values: number[][]): Partial<Record<Measure, Spread>> {
  return Object.fromEntries(
    measures.flatMap((name, n) => (values[n]?.length ? [[name, spread(values[n], thresholds[name])]] : [])),
  )
}

/** The spread of at least one value, in equal steps up to above what is poor, or further where much lies beyond. */
export function spread(values: number[], limits: Limits): Spread {
  const sorted = Float64Array.from(values).sort()
  const counts = { good: 0, fair: 0, poor: 0 }
  const top = Math.max(limits[1] * 1.25, quantile(sorted, 0.98))
  const bars = Array<number>(steps).fill(0)
  for (const value of sorted) {
    counts[rateBy(limits, value)]++
    // a step ends with its upper bound
    const step = Math.max(0, Math.min(steps, Math.ceil((value * steps) / top)) - 1)
    bars[step] = (bars[step] ?? 0) + 1
  }
  return { count: sorted.length, p75: quantile(sorted, 0.75), ...counts, bars, top }
}

/** The value that this share of the values is not above. */
const quantile = (sorted: Float64Array, share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0

const steps = 40
