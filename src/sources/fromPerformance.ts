import { EMPTY, Observable } from 'rxjs'
import type { Page } from './page.ts'

/**
 * The performance entries of one type, those from before the subscription included, except what ended before `since`
 * (ms from the navigation start): a collector that starts again must not replay the time line. Entries that the browser
 * has queued but not handed out yet are taken when the page is being left. Empty where the type is not supported.
 */
export const fromPerformance = <E extends PerformanceEntry>(
  page: Page,
  type: string,
  since = 0,
  options: PerformanceObserverInit = {},
): Observable<E> =>
  page.PerformanceObserver?.supportedEntryTypes?.includes(type)
    ? new Observable((entry$) => {
        const pass = (entries: PerformanceEntry[]) => {
          for (const entry of entries) if (entry.startTime + entry.duration >= since) entry$.next(entry as E)
        }
        const observer = new page.PerformanceObserver((list) => pass(list.getEntries()))
        const takeRest = () => pass(observer.takeRecords())
        observer.observe({ type, buffered: true, ...options })
        // in the window's capture phase: before the same event closes the sample
        for (const type of farewells) page.addEventListener(type, takeRest, true)
        return () => {
          observer.disconnect()
          for (const type of farewells) page.removeEventListener(type, takeRest, true)
        }
      })
    : EMPTY

const farewells = ['visibilitychange', 'pagehide']
