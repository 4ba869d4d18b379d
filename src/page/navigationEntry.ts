import { elapsed } from './elapsed.ts'
import type { Page } from './page.ts'
import { performanceEntries } from './performanceEntries.ts'

/** What the browser reports of the navigation that led to the page. */
export interface NavigationEntry extends PerformanceNavigationTiming {
  activationStart?: number
}

/** The navigation entry; none if it makes no sense: browsers have reported responses that never began, or begin later. */
export const navigationEntry = (page: Page): NavigationEntry | undefined => {
  const [entry] = performanceEntries(page, 'navigation') as NavigationEntry[]
  return entry && entry.responseStart > 0 && entry.responseStart < elapsed(page) ? entry : undefined
}
