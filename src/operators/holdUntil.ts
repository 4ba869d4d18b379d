import { buffer, connect, type MonoTypeOperatorFunction, map, mergeMap, type Observable, switchMap, take } from 'rxjs'
import { together } from '../page/together.ts'

/**
 * Holds all values back until `open$` emits, then lets them go in their order, and passes on each later value at once. A
 * value that comes while the held ones are let go waits behind them. If the source completes before, they are let go.
 */
export const holdUntil =
  <T>(open$: Observable<unknown>): MonoTypeOperatorFunction<T> =>
  (value$) =>
    value$.pipe(
      connect((value$) =>
        value$.pipe(
          buffer(open$),
          take(1),
          // live first, so that a value that comes while the held ones are let go is not missed
          switchMap((held) => together(value$.pipe(map((value) => [value])), [held])),
          mergeMap((values) => values, 1),
        ),
      ),
    )
