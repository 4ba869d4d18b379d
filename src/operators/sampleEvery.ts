import { buffer, connect, defer, filter, interval, type Observable, type OperatorFunction, switchMap } from 'rxjs'
import { merge } from '../rx/merge.ts'

/**
 * Gathers values into samples of `rate` ms, empty ones too: `bufferTime(rate)`, plus a cut. A value for which `isLast`
 * holds closes its sample at once, is inside it, and restarts the clock. The clock waits for `start$`; a cut does not. What
 * is left is emitted on completion. (`bufferTime` itself drifts, cannot be cut, and drops what comes while it emits.)
 */
export const sampleEvery =
  <T>(
    rate: number,
    isLast: (value: T) => boolean = () => false,
    start$: Observable<unknown> = defer(() => [0]),
  ): OperatorFunction<T, T[]> =>
  (value$) =>
    value$.pipe(
      connect((value$) => {
        const cut$ = value$.pipe(filter(isLast))
        const restart$ = start$.pipe(switchMap(() => merge([0], cut$)))
        const clock$ = restart$.pipe(switchMap(() => interval(rate)))
        return value$.pipe(buffer(merge(cut$, clock$)))
      }),
    )
