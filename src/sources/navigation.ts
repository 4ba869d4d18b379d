import { EMPTY, map, mergeMap, type Observable, switchMap, timer } from 'rxjs'
import type { Metrics } from '../sinks/payload.ts'
import { loaded } from './loaded.ts'
import type { Page } from './page.ts'
import { pick } from './pick.ts'
import { plain } from './plain.ts'
import { serverTimings } from './resources.ts'
import { tenths } from './tenths.ts'

/** The phases of the navigation, once, as soon as the load event has ended. Empty for a page that only came back. */
export const navigation = (page: Page, since = 0): Observable<Partial<Metrics>> =>
  since
    ? EMPTY
    : loaded(page).pipe(
        // `loadEventEnd` is set after the last load listener
        switchMap(() => timer(0)),
        mergeMap(() => page.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]),
        map((entry) => ({
          ...phases(entry),
          responseTime: tenths(entry.responseEnd - entry.responseStart),
          domContentLoadedDuration: tenths(entry.domContentLoadedEventEnd - entry.domContentLoadedEventStart),
          renderDuration: tenths(entry.loadEventEnd - entry.domContentLoadedEventStart),
          ...reasons(entry),
        })),
      )

const phases = pick<Metrics>('domContentLoadedEventStart', 'domContentLoadedEventEnd', 'domComplete', 'duration')

const reasons = (entry: PerformanceNavigationTiming & { notRestoredReasons?: object | null }): Partial<Metrics> => ({
  ...(entry.serverTiming?.[0] && { serverTiming: serverTimings(entry) }),
  ...(entry.notRestoredReasons && { notRestoredReasons: plain(entry.notRestoredReasons) }),
})
