import { foreground } from '../../page/foreground.ts'
import { navigationType } from '../../page/navigationType.ts'
import type { Page } from '../../page/page.ts'
import { readableId, selector } from '../../page/selector.ts'
import { endTime } from '../../page/timeline.ts'
import { native } from '../../payload/native.ts'
import type { Attribution, Metrics } from '../../payload/payload.ts'
import { tryOr } from '../../payload/tryOr.ts'
import type { LongAnimationFrameEntry } from '../longAnimationFrames.ts'
import { fcpAttribution, lcpAttribution } from './attribution.ts'
import { rankOf } from './interactions.ts'
import { beginNavigation, countIn, interactionCount, type Navigation, navigationVitals } from './navigationVitals.ts'
import type { PaintedResources } from './paintedResources.ts'
import { type LayoutShiftEntry, shiftWindow } from './shiftWindow.ts'
import type { InteractionPaint, SoftNavigationEntry } from './softNavigation.ts'
import { mergeVitalNews, type VitalName, vitalNews } from './vitalNews.ts'

/** Where a view begins, ms from the navigation start, and the moment from which its times count. */
export interface VitalsView {
  since: number
  start: number
  /** It came back from the back/forward cache. */
  isRestored: boolean
}

/**
 * Keeps what the entries of a view tell of its vitals, and of each soft navigation in it. `note` only keeps, of what may
 * vanish (elements, frames) a copy, and tells whether a vital may have changed. `news` works out the vitals that have changed
 * since it was last called.
 */
export const vitalRecorder = (page: Page, resources: PaintedResources, view: VitalsView) => {
  const { since, start, isRestored } = view
  const { document } = page
  const ended: Navigation[] = []
  const first = beginNavigation(page, { isLater: since > 0 })
  let navigation = first
  // a later view has no paint of a page that loads; one that came back has been painted
  let wasHidden = since > 0 || native(document, 'visibilityState') === 'hidden'
  let isPainted = since > 0
  let rank = 0

  const addPaint = (name: 'fcp' | 'lcp', { startTime }: PerformanceEntry, attribution: () => Attribution) => {
    if (navigation.soft || !foreground(page, startTime, wasHidden)) return false
    isPainted = true
    navigation.moments[name] = { value: startTime - start, attribution }
    return true
  }

  const addInteractionPaint = ({ interactionId, startTime, largestContentfulPaint }: InteractionPaint) => {
    const time = largestContentfulPaint?.renderTime ?? 0
    if (interactionId !== navigation.soft?.interactionId || !foreground(page, time, false, startTime)) return false
    navigation.moments.lcp = { value: time - startTime }
    return true
  }

  /** Each tells whether a vital may have changed. */
  const readers: Record<string, (entry: never) => boolean> = {
    event: (entry: PerformanceEventTiming) => navigation.interactions.addEvent(entry),
    'first-input': (entry: PerformanceEventTiming) => navigation.interactions.addEvent(entry),
    'long-animation-frame': (entry: LongAnimationFrameEntry) => navigation.interactions.addLongFrame(entry),
    paint: (entry: PerformanceEntry) =>
      entry.name === 'first-contentful-paint' &&
      addPaint('fcp', entry, () => fcpAttribution(page, start, entry.startTime)),
    'largest-contentful-paint': (entry: LargestContentfulPaint) => {
      const { id, url, startTime } = entry
      const target = selector(entry.element) || readableId(id)
      const known = resources.behind(url, startTime)
      return addPaint('lcp', entry, () => {
        const resource = known ?? resources.behind(url, startTime)
        return lcpAttribution(page, start, startTime, { target, url, resource })
      })
    },
    'interaction-contentful-paint': addInteractionPaint,
    'layout-shift': (entry: LayoutShiftEntry) => {
      const latest = shiftWindow(navigation.latestShifts, entry)
      navigation.latestShifts = latest
      const isLargest = !!latest && latest.score > (navigation.largestShifts?.score ?? 0)
      if (isLargest) navigation.largestShifts = latest
      return isLargest
    },
    'soft-navigation': (entry: SoftNavigationEntry) => {
      // missing in the browsers that only tried this out
      if (!entry.getLargestInteractionContentfulPaint) return false
      navigation.count = interactionCount(page) - navigation.countBefore
      ended.push(navigation)
      navigation = beginNavigation(page, { soft: entry })
      navigation.moments.ttfb = { value: 0 }
      navigation.moments.fcp = { value: (entry.presentationTime || entry.paintTime || 0) - entry.startTime }
      const largest = entry.getLargestInteractionContentfulPaint()
      if (largest) addInteractionPaint(largest)
      return true
    },
  }

  return {
    /** The types of entries that it reads. */
    types: Object.keys(readers),
    /** In the order in which they were handled, since a soft navigation parts what was before from what comes after. */
    note: (entries: PerformanceEntry[]): boolean => {
      entries.sort((a, b) => handledAt(a) - handledAt(b))
      const read = (entry: PerformanceEntry) => readers[entry.entryType]?.(entry as never)
      // an entry is an object of the page as well: one that can't be read is left out alone
      const hasChanged = entries.filter((entry) => tryOr(() => read(entry), false)).length > 0
      wasHidden ||= native(document, 'visibilityState') === 'hidden'
      const before = rank
      rank = rankOf(countIn(page, navigation))
      return hasChanged || rank !== before
    },
    /** A vital that the page itself measures, at the moment that it was measured. It is never one of a soft navigation. */
    set: (name: VitalName, value: number, attribution: () => Attribution) => {
      first.moments[name] = { value, attribution }
      if (navigation !== first && !ended.includes(first)) ended.unshift(first)
    },
    news: (): Partial<Metrics> | undefined =>
      mergeVitalNews(
        [...ended.splice(0), navigation].map((one) => {
          const { soft, reported } = one
          const type = isRestored ? 'back-forward-cache' : navigationType(page)
          return vitalNews(navigationVitals(page, one, { isPainted, isNavigation: !since || isRestored, isRestored }), {
            soft,
            reported,
            type,
          })
        }),
      ),
  }
}

/** The duration of an event is rounded: with it, an event may seem to end after the soft navigation that it has caused. */
const handledAt = (entry: PerformanceEntry) => (entry as PerformanceEventTiming).processingEnd ?? endTime(entry)
