import { buffer, connect, filter, interval, merge, type OperatorFunction, startWith, switchMap } from 'rxjs'

/**
 * Gathers values into samples of `rate` ms, empty ones too: `bufferTime(rate)`, plus a cut. A value for which `isLast`
 * holds closes its sample at once, is inside it, and restarts the clock. What is left is handed over on completion.
 * (`bufferTime` itself drifts, can't be cut, and drops what is emitted while it emits.)
 */
export const sampleEvery =
  <T>(rate: number, isLast: (value: T) => boolean): OperatorFunction<T, T[]> =>
  (value$) =>
    value$.pipe(
      connect((value$) => {
        const cut$ = value$.pipe(filter(isLast))
        const clock$ = cut$.pipe(
          startWith(0),
          switchMap(() => interval(rate)),
        )
        return value$.pipe(buffer(merge(cut$, clock$)))
      }),
    )
