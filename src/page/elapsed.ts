import { native } from '../payload/native.ts'
import { tryOr } from '../payload/tryOr.ts'
import type { Page } from './page.ts'

/** The clocks of the pages that were asked, as they were the first time. */
const clocks = new WeakMap<Page, () => number>()

/**
 * Milliseconds from the navigation start to now, as events and entries have them: a page, or fake timers in it, may have replaced
 * `performance.now`, or replace what it inherits later.
 */
export const elapsed = (page: Page): number => {
  const clock = clocks.get(page) ?? clockOf(page)
  clocks.set(page, clock)
  return clock()
}

const clockOf = ({ performance }: Page): (() => number) => {
  const inherited = native(performance, 'now').bind(performance)
  // fake timers may have made an object that only looks like it
  return tryOr(inherited, undefined) === undefined ? performance.now.bind(performance) : inherited
}
