import { mergeMap, type Observable } from 'rxjs'
import { deliveries, type ObserverOptions } from './deliveries.ts'
import type { Page } from './page.ts'

/**
 * The performance entries of one type, one by one, those from before the subscription included, except what ended before
 * `since` (ms from the navigation start). Entries that the browser has queued but not handed out yet are taken when the
 * page is being left. Empty where the type is not supported.
 */
export const fromPerformance = <E extends PerformanceEntry>(
  page: Page,
  type: string,
  since?: number,
  options?: ObserverOptions,
): Observable<E> => deliveries<E>(page, [type], since, options).pipe(mergeMap((entries) => entries))
