import { EMPTY, filter, map, type Observable, switchMap, timer } from 'rxjs'
import type { Metrics } from '../sinks/payload'
import { loaded } from './loaded'
import type { Page } from './page'
import { tenths } from './tenths'

/** The phases of the navigation, once, as soon as the load event has ended. Empty for a page that only came back. */
export const navigation = (page: Page, since = 0): Observable<Partial<Metrics>> =>
  since
    ? EMPTY
    : loaded(page).pipe(
        // `loadEventEnd` is set after the last load listener
        switchMap(() => timer(0)),
        map(() => page.performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined),
        filter((entry) => entry !== undefined),
        map((entry) => ({
          responseTime: tenths(entry.responseEnd - entry.responseStart),
          domContentLoadedEventStart: tenths(entry.domContentLoadedEventStart),
          domContentLoadedEventEnd: tenths(entry.domContentLoadedEventEnd),
          domContentLoadedDuration: tenths(entry.domContentLoadedEventEnd - entry.domContentLoadedEventStart),
          renderDuration: tenths(entry.loadEventEnd - entry.domContentLoadedEventStart),
          domComplete: tenths(entry.domComplete),
          duration: tenths(entry.duration),
        })),
      )
