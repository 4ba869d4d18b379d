import { native } from '../payload/native.ts'
import type { Page } from './page.ts'

/** The clocks of the pages that were asked, as they were the first time. */
const clocks = new WeakMap<Page, () => number>()

/**
 * Milliseconds from the navigation start to now, as events and entries have them: a page, or fake timers in it, may have replaced
 * `performance.now`, or replace what it inherits later.
 */
export const elapsed = (page: Page): number => {
  const clock = clocks.get(page) ?? native(page.performance, 'now').bind(page.performance)
  clocks.set(page, clock)
  return clock()
}
