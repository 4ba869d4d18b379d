import { CLSThresholds, FCPThresholds, INPThresholds, LCPThresholds, TTFBThresholds } from 'web-vitals'
import type { Measure } from './summaries.ts'

/** Up to the first a measure is good, above the second it is poor: web-vitals' own limits. */
export const thresholds: Record<Measure, Limits> = {
  lcp: LCPThresholds,
  inp: INPThresholds,
  cls: CLSThresholds,
  fcp: FCPThresholds,
  ttfb: TTFBThresholds,
  // web-vitals has dropped FID; these were its limits
  fid: [100, 300],
}

export type Limits = readonly [good: number, poor: number]

/** From the best to the worst; `fair` is what web-vitals calls 'needs improvement'. */
export const ratings = ['good', 'fair', 'poor'] as const

export type Rating = (typeof ratings)[number]

/** Judges a measure. */
export const rate = (measure: Measure, value: number): Rating => rateBy(thresholds[measure], value)

/** Judges a value: a limit itself is on the better side. */
export function rateBy([good, poor]: Limits, value: number): Rating {
  if (value <= good) return 'good'
  return value <= poor ? 'fair' : 'poor'
}
