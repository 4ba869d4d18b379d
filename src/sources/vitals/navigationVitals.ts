import type { Page } from '../../page/page.ts'
import { isSupported } from '../../page/timeline.ts'
import { native } from '../../payload/native.ts'
import { clsAttribution, inpAttribution } from './attribution.ts'
import { longestInteractions } from './interactions.ts'
import type { ShiftWindow } from './shiftWindow.ts'
import type { SoftNavigationEntry } from './softNavigation.ts'
import type { Vital, VitalName } from './vitalNews.ts'

/** A navigation, real or soft, and what has happened in it. */
export interface Navigation {
  soft?: SoftNavigationEntry | undefined
  /** Vitals that were measured at one moment. */
  moments: Partial<Record<VitalName, Vital>>
  latestShifts?: ShiftWindow | undefined
  largestShifts?: ShiftWindow | undefined
  interactions: ReturnType<typeof longestInteractions>
  /** Interactions before it began, and in it once it has ended. */
  countBefore: number
  count?: number
  /** What was reported last of each vital, as JSON. */
  reported: Partial<Record<VitalName, string>>
}

/** A navigation that begins now; of an `isLater` view and of a soft one, the page has counted interactions before. */
export const beginNavigation = (
  page: Page,
  { soft, isLater }: { soft?: SoftNavigationEntry; isLater?: boolean },
): Navigation => ({
  soft,
  moments: {},
  interactions: longestInteractions(),
  countBefore: soft || isLater ? interactionCount(page) : 0,
  reported: {},
})

/** The vitals of a navigation as they are now. */
export const navigationVitals = (
  page: Page,
  navigation: Navigation,
  { isPainted, isNavigation, isRestored }: { isPainted: boolean; isNavigation: boolean; isRestored: boolean },
): Partial<Record<VitalName, Vital>> => {
  const { soft, moments, largestShifts, interactions } = navigation
  const vitals: Partial<Record<VitalName, Vital>> = { ...moments }
  // no news in a view that is no navigation: that nothing has shifted
  if (isPainted && isSupported(page, 'layout-shift') && (largestShifts || isNavigation || soft))
    vitals.cls = { value: largestShifts?.score ?? 0, attribution: () => clsAttribution(largestShifts) }
  if (!isSupported(page, 'event')) return vitals
  const count = countIn(page, navigation)
  const slowest = interactions.slowest(count)
  if (slowest) vitals.inp = { value: slowest.duration, attribution: () => inpAttribution(slowest) }
  // all were too short to be reported; the first one of a page would be
  else if (count && (soft || isRestored)) vitals.inp = unreported
  return vitals
}

/** What stands for interactions that are all too short for an entry. */
const unreported: Vital = {
  value: 8,
  attribution: () => ({ target: '', inputDelay: 0, processingDuration: 0, presentationDelay: 8 }),
}

/** The interactions of a navigation so far, or until it ended. */
export const countIn = (page: Page, { count, countBefore }: Navigation): number =>
  count ?? interactionCount(page) - countBefore

/** 0 in browsers that do not count: there, the longest interaction stands for the 98th percentile. */
export const interactionCount = ({ performance }: Page): number =>
  native(performance as Performance & { interactionCount?: number }, 'interactionCount') ?? 0
