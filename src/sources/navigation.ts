import { EMPTY, map, mergeMap, type Observable, switchMap, timer } from 'rxjs'
import type { Metrics } from '../sinks/payload'
import { loaded } from './loaded'
import type { Page } from './page'
import { pick } from './pick'
import { plain } from './plain'
import { serverTimings } from './resources'
import { tenths } from './tenths'

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
