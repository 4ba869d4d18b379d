import {
  buffer,
  concatMap,
  connect,
  identity,
  map,
  merge,
  type Observable,
  type OperatorFunction,
  of,
  switchMap,
  take,
} from 'rxjs'

/**
 * Holds all values back until `open$` emits, then starts the stage behind it with them, and goes on live. It holds the
 * *stage*, not only the values: a clock in there starts when the gate opens. What comes while the held ones are let go
 * waits behind them. What completes before that is let go.
 */
export const holdUntil =
  <T, R>(open$: Observable<unknown>, stage: OperatorFunction<T, R>): OperatorFunction<T, R> =>
  (value$) =>
    value$.pipe(
      connect((value$) =>
        value$.pipe(
          buffer(open$),
          take(1),
          // live first, so that a value that comes while the held ones are let go is not missed
          switchMap((held) =>
            stage(merge(value$.pipe(map((value) => [value])), of(held)).pipe(concatMap(identity<T[]>))),
          ),
        ),
      ),
    )
