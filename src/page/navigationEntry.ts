import { elapsed } from './elapsed.ts'
import type { Page } from './page.ts'

/** What the browser tells of the navigation that led to the page. */
export interface NavigationEntry extends PerformanceNavigationTiming {
  activationStart?: number
}

/**
 * The navigation entry, in a list; none if it makes no sense: browsers have told of responses that never began, or that
 * are still to come.
 */
export const navigationEntry = (page: Page): NavigationEntry[] =>
  (page.performance.getEntriesByType('navigation') as NavigationEntry[]).filter(
    ({ responseStart }) => responseStart > 0 && responseStart < elapsed(page),
  )
