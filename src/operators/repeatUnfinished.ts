import { connect, defer, type MonoTypeOperatorFunction, mergeMap, type Observable, takeUntil } from 'rxjs'
import { during } from '../page/during.ts'
import { endOf } from '../page/endOf.ts'
import { together } from '../page/together.ts'

/**
 * Passes values on. When `when$` emits, emits those again during whose emission the browser ended the script. Firefox does
 * that to the `pagehide` of a tab that is closed; its `visibilitychange` comes all the same.
 */
export const repeatUnfinished =
  <T>(when$: Observable<unknown>): MonoTypeOperatorFunction<T> =>
  (value$) =>
    defer(() => {
      const unfinished = new Set<T>()
      return value$.pipe(
        connect((value$) =>
          together(
            when$.pipe(
              mergeMap(() => [...unfinished]),
              takeUntil(endOf(value$)),
            ),
            value$,
          ),
        ),
        during(
          (value) => unfinished.add(value),
          (value) => unfinished.delete(value),
        ),
      )
    })
