import { EMPTY, mergeMap, Observable } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { endTime, isReadable, isSupported, leaving, type Timeline } from './timeline.ts'

/** Where entries come from, and since when: those that ended before, ms from the navigation start, are left out. */
export interface EntriesOptions {
  /** Default: an observer for this type alone. */
  timeline?: Timeline
  since?: number
}

/** The entries of one type, one by one, those from before the subscription included. Empty if the browser has none such. */
export const entriesOf = <E extends PerformanceEntry>(
  page: Page,
  type: string,
  { timeline, since = 0 }: EntriesOptions = {},
): Observable<E> =>
  (timeline ? timeline<E>([type]) : ownLists<E>(page, type)).pipe(
    mergeMap((entries) => entries.filter((entry) => endTime(entry) >= since)),
  )

/** All that a source needs which is taken alone: a quarter of the code of a timeline that is shared. */
const ownLists = <E extends PerformanceEntry>(page: Page, type: string): Observable<E[]> =>
  isSupported(page, type)
    ? new Observable((list$) => {
        const next = (entries: PerformanceEntry[]) => list$.next(entries.filter(isReadable) as E[])
        const observer = new page.PerformanceObserver((list) => next(list.getEntries()))
        observer.observe({ type, buffered: true })
        const left = events(page, leaving, { capture: true }).subscribe(() => next(observer.takeRecords()))
        return () => {
          observer.disconnect()
          left.unsubscribe()
        }
      })
    : EMPTY
