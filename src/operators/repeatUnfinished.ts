import { connect, defer, type MonoTypeOperatorFunction, mergeMap, type Observable, takeUntil } from 'rxjs'
import { completionOf } from '../rx/completionOf.ts'
import { during } from '../rx/during.ts'
import { merge } from '../rx/merge.ts'

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
          merge(
            when$.pipe(
              mergeMap(() => [...unfinished]),
              takeUntil(completionOf(value$)),
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
