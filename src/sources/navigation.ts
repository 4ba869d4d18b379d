import { EMPTY, map, mergeMap, type Observable, switchMap, timer } from 'rxjs'
import { loaded } from '../page/loaded.ts'
import type { Page } from '../page/page.ts'
import { performanceEntries } from '../page/performanceEntries.ts'
import type { Metrics } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'
import { tenths } from '../payload/rounding.ts'
import { toJson } from '../payload/toJson.ts'
import { serverTimings } from './resources.ts'
import type { SourceOptions } from './source.ts'

/** The phases of the navigation, once, as soon as the load event has ended. Empty for a view that began later. */
export const navigation = (page: Page, { since = 0 }: SourceOptions = {}): Observable<Partial<Metrics>> =>
  since
    ? EMPTY
    : loaded(page).pipe(
        // `loadEventEnd` is set after the last load listener
        switchMap(() => timer(0)),
        mergeMap(() => performanceEntries(page, 'navigation') as PerformanceNavigationTiming[]),
        map((entry) => ({
          ...phases(entry),
          responseTime: tenths(entry.responseEnd - entry.responseStart),
          domContentLoadedDuration: tenths(entry.domContentLoadedEventEnd - entry.domContentLoadedEventStart),
          // there is no `load` event of a page whose loading was stopped
          ...(entry.loadEventEnd > 0 && {
            renderDuration: tenths(entry.loadEventEnd - entry.domContentLoadedEventStart),
          }),
          ...whatElse(entry),
        })),
      )

const phases = pick<Metrics>('domContentLoadedEventStart', 'domContentLoadedEventEnd', 'domComplete', 'duration')

/** What only some navigations have. */
const whatElse = (entry: PerformanceNavigationTiming & { notRestoredReasons?: object | null }): Partial<Metrics> => ({
  ...(entry.serverTiming?.[0] && { serverTiming: serverTimings(entry) }),
  ...(entry.notRestoredReasons && { notRestoredReasons: toJson(entry.notRestoredReasons) }),
})
