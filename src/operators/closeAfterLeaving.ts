import { connect, exhaustMap, filter, type MonoTypeOperatorFunction, switchMap, takeUntil, takeWhile } from 'rxjs'
import type { Page } from '../page/page.ts'
import { isUnloading } from '../page/unloading.ts'
import { cutFor, type Reading } from '../payload/reading.ts'
import { completionOf } from '../rx/completionOf.ts'
import { merge } from '../rx/merge.ts'
import { promised } from '../rx/promised.ts'

/**
 * Passes readings on. When the page ends, it cuts again behind what comes after the first cut, as soon as the handler of the
 * page that caused it has returned: that handler was called later than ours, and no clock will close the sample.
 */
export const closeAfterLeaving = (page: Page): MonoTypeOperatorFunction<Reading> =>
  connect((reading$) => {
    const left$ = reading$.pipe(filter(({ cut }) => cut === 'hidden' && isUnloading(page)))
    const closed$ = left$.pipe(
      switchMap(() =>
        reading$.pipe(
          takeWhile(() => isUnloading(page)),
          // that the page is visible again comes before it is known that it is back
          filter(({ cut, field }) => !cut && field !== 'view'),
          exhaustMap(() => promised(() => Promise.resolve(cutFor('hidden')))),
        ),
      ),
    )
    return merge(reading$, closed$.pipe(takeUntil(completionOf(reading$))))
  })
