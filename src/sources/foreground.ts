import type { Page } from './page.ts'

/**
 * Whether the page was in the foreground from its start (or its activation, if it was prerendered) up to `time`. What a
 * background tab measures says when it was looked at, not how fast it was. `true` where the browser keeps no record.
 */
export const foreground = (page: Page, time: number): boolean => {
  const start = activationStart(page)
  return !page.performance
    .getEntriesByType('visibility-state')
    .some(({ name, startTime }) => name === 'hidden' && startTime >= start && startTime < time)
}

/** When a prerendered page was activated, ms from the navigation start; 0 for any other. */
export const activationStart = (page: Page): number =>
  (page.performance.getEntriesByType('navigation')[0] as { activationStart?: number } | undefined)?.activationStart ?? 0
