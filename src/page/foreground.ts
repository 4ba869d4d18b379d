import { navigationEntry } from './navigationEntry.ts'
import type { Page } from './page.ts'
import { performanceEntries } from './performanceEntries.ts'

/**
 * Whether the page was in the foreground from `start` (its own, or its activation if it was prerendered) up to `time`. A
 * measurement of a background tab tells when the visitor looked at it, not how fast it was. If the browser keeps no
 * record, the answer is what the caller has seen.
 */
export const foreground = (page: Page, time: number, wasHidden = false, start = activationStart(page)): boolean => {
  const states = performanceEntries(page, 'visibility-state')
  return states[0]
    ? !states.some(({ name, startTime }) => name === 'hidden' && startTime >= start && startTime < time)
    : !wasHidden
}

/** When a prerendered page was activated, ms from the navigation start; 0 for any other. */
export const activationStart = (page: Page): number => navigationEntry(page)?.activationStart ?? 0
