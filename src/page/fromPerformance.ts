import { mergeMap, type Observable } from 'rxjs'
import type { Page } from './page.ts'
import { entryLists, type ObserverOptions } from './performanceEntries.ts'

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
): Observable<E> => entryLists<E>(page, [type], since, options).pipe(mergeMap((entries) => entries))
