import { defer, EMPTY, map, merge, Observable } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'

/**
 * The performance entries of some types, in the lists in which the browser hands them over; those from before the
 * subscription included, except what ended before `since` (ms from the navigation start): a collector that starts again
 * must not replay the time line. What is queued but not handed out yet comes when the page is hidden or left, were it an
 * empty list. Empty where none of the types is supported.
 */
export const entryLists = <E extends PerformanceEntry>(
  page: Page,
  types: string[],
  since = 0,
  options: ObserverOptions = {},
): Observable<E[]> => {
  const supported = types.filter((type) => isMeasured(page, type))
  return supported[0]
    ? defer(() => {
        let observer: PerformanceObserver
        const list$ = new Observable<PerformanceEntry[]>((list$) => {
          observer = new page.PerformanceObserver((list) => list$.next(list.getEntries()))
          for (const type of supported) observer.observe({ type, buffered: true, ...options })
          return () => observer.disconnect()
        })
        // in the window's capture phase: before the same event closes the sample
        const farewell$ = merge(events(page, 'visibilitychange', true), events(page, 'pagehide', true))
        return merge(list$, farewell$.pipe(map(() => observer.takeRecords()))).pipe(
          map((entries) => entries.filter(({ startTime, duration }) => startTime + duration >= since) as E[]),
        )
      })
    : EMPTY
}

/** Whether the browser measures this type of entry. */
export const isMeasured = (page: Page, type: string): boolean =>
  !!page.PerformanceObserver?.supportedEntryTypes?.includes(type)

/** `durationThreshold` is for `event` alone, https://w3c.github.io/event-timing/ */
export interface ObserverOptions extends PerformanceObserverInit {
  durationThreshold?: number
}
