import { mergeMap, type Observable } from 'rxjs'
import { foreground } from '../../page/foreground.ts'
import type { Page } from '../../page/page.ts'
import { entryLists, isMeasured } from '../../page/performanceEntries.ts'
import type { Attribution, Metrics } from '../../payload/payload.ts'
import { clsAttribution, fcpAttribution, inpAttribution, lcpAttribution } from './attribution.ts'
import { addToInteractions, type Interaction, slowestOf } from './interactions.ts'
import { addToLayoutShifts, type LayoutShift, type Shifts, sumOf } from './layoutShifts.ts'
import type { InteractionPaint, SoftNavigationEntry } from './softNavigation.ts'
import type { Vital, VitalMetrics } from './vitalMetrics.ts'

/**
 * FCP, LCP, CLS and INP of a view, from `start`, and all five of each soft navigation in it, at every change: as the
 * entries tell them, in the order in which they ended. Empty where the browser measures none of them.
 */
export const timelineVitals = (
  page: Page,
  { since, start, isRestored }: VitalsView,
  told: VitalMetrics,
): Observable<Partial<Metrics>> => {
  const { document } = page
  const recent: PerformanceEntry[] = []
  let vitals: Partial<Metrics>[]
  // a later view has no paint of a page that loads; one that came back has been painted
  let wasHidden = since > 0 || document.visibilityState === 'hidden'
  let isPainted = since > 0
  let soft: SoftNavigationEntry | undefined
  let last: Partial<Record<Vital, number | undefined>>
  let shifts: Shifts
  let interactions: Interaction[]
  let slowest: Interaction | undefined
  let countBefore: number

  const begin = (navigation?: SoftNavigationEntry) => {
    soft = navigation
    // no news in a view that is no navigation: that nothing has shifted
    last = since && !soft && !isRestored ? { cls: 0 } : {}
    shifts = [[], []]
    interactions = []
    slowest = undefined
    countBefore = soft || since ? interactionCount(page) : 0
  }

  const tell = (name: Vital, value: number, attribution?: () => Attribution) => {
    if (last[name] !== value) vitals.push(told(name, value, attribution, soft))
    last[name] = value
  }

  const sumUp = () => {
    const [, largest] = shifts
    if (isPainted && isMeasured(page, 'layout-shift')) tell('cls', sumOf(largest), () => clsAttribution(largest))
    if (!isMeasured(page, 'event')) return
    const count = interactionCount(page) - countBefore
    const found = slowestOf(interactions, count)
    slowest = found
    if (found) tell('inp', found[0].duration, () => inpAttribution(found, recent))
    // all were too short to be reported; the first one of a page would be
    else if (count && (soft || isRestored)) tell('inp', 8)
  }

  const keep = (entry: PerformanceEntry) => {
    if (recent.push(entry) > 70) recent.shift()
    // what happened meanwhile may tell more of an interaction that was told before
    if (slowest && entry.startTime <= end(slowest[0]) && end(entry) >= slowest[0].startTime) last.inp = undefined
  }

  const interact = (entry: PerformanceEventTiming) => {
    keep(entry)
    addToInteractions(interactions, entry)
  }

  const paint = (name: 'fcp' | 'lcp', entry: PerformanceEntry, attribution: typeof lcpAttribution) => {
    const { startTime } = entry
    if (soft || !foreground(page, startTime, wasHidden)) return
    isPainted = true
    tell(name, startTime - start, () => attribution(page, start, startTime, entry as LargestContentfulPaint))
  }

  const respond = ({ interactionId, startTime, largestContentfulPaint }: InteractionPaint) => {
    const time = largestContentfulPaint?.renderTime ?? 0
    if (interactionId === soft?.interactionId && foreground(page, time, false, startTime)) tell('lcp', time - startTime)
  }

  const readers: Record<string, (entry: never) => void> = {
    event: interact,
    'first-input': interact,
    'long-animation-frame': keep,
    paint: (entry: PerformanceEntry) => {
      if (entry.name === 'first-contentful-paint') paint('fcp', entry, fcpAttribution)
    },
    'largest-contentful-paint': (entry: LargestContentfulPaint) => paint('lcp', entry, lcpAttribution),
    'interaction-contentful-paint': respond,
    'layout-shift': (entry: LayoutShift) => {
      shifts = addToLayoutShifts(shifts, entry)
    },
    'soft-navigation': (entry: SoftNavigationEntry) => {
      if (!entry.getLargestInteractionContentfulPaint) return
      sumUp()
      begin(entry)
      tell('ttfb', 0)
      tell('fcp', (entry.presentationTime || entry.paintTime || 0) - entry.startTime)
      const largest = entry.getLargestInteractionContentfulPaint()
      if (largest) respond(largest)
    },
  }

  begin()
  return entryLists(page, Object.keys(readers), since, { durationThreshold: 40 }).pipe(
    mergeMap((entries) => {
      vitals = []
      for (const entry of entries.sort((a, b) => end(a) - end(b))) readers[entry.entryType]?.(entry as never)
      sumUp()
      wasHidden ||= document.visibilityState === 'hidden'
      return vitals
    }),
  )
}

/** Where a view begins, ms from the navigation start, and what its times count from. */
export interface VitalsView {
  since: number
  start: number
  /** It came back from the back/forward cache. */
  isRestored: boolean
}

const end = ({ startTime, duration }: PerformanceEntry) => startTime + duration

/** 0 in browsers that do not count: there, the longest interaction stands for the 98th percentile. */
const interactionCount = ({ performance }: Page) =>
  (performance as Performance & { interactionCount?: number }).interactionCount ?? 0
