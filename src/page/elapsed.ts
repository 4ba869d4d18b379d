import type { Page } from './page.ts'

/**
 * Milliseconds from the navigation start to now, as a new event has them: a page, or fake timers in it, may have replaced
 * `performance.now`, and old libraries `Event`.
 */
export const elapsed = ({ MessageEvent }: Page): number => new MessageEvent('').timeStamp
