import { connect, exhaustMap, filter, type MonoTypeOperatorFunction, switchMap, takeUntil, takeWhile } from 'rxjs'
import { endOf } from '../page/endOf.ts'
import type { Page } from '../page/page.ts'
import { promised } from '../page/promised.ts'
import { together } from '../page/together.ts'
import { isUnloading } from '../page/unloading.ts'
import { cutFor, type Reading } from '../payload/reading.ts'

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
          filter(({ cut }) => !cut),
          exhaustMap(() => promised(() => Promise.resolve(cutFor('hidden')))),
        ),
      ),
    )
    return together(reading$, closed$.pipe(takeUntil(endOf(reading$))))
  })
