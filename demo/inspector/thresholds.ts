import { CLSThresholds, FCPThresholds, INPThresholds, LCPThresholds, TTFBThresholds } from 'web-vitals'
import type { Measure } from './summaries.ts'

/** Up to the first a measure is good, above the second it is poor: web-vitals' own limits. */
export const thresholds: Record<Measure, readonly [good: number, poor: number]> = {
  lcp: LCPThresholds,
  inp: INPThresholds,
  cls: CLSThresholds,
  fcp: FCPThresholds,
  ttfb: TTFBThresholds,
  // web-vitals has dropped FID; these were its limits
  fid: [100, 300],
}

export type Rating = 'good' | 'fair' | 'poor'

/** Judges a measure; `fair` is what web-vitals calls 'needs improvement'. */
export function rate(measure: Measure, value: number): Rating {
  const [good, poor] = thresholds[measure]
  if (value <= good) return 'good'
  return value <= poor ? 'fair' : 'poor'
}
