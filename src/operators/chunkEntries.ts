import {
  connect,
  defer,
  endWith,
  exhaustMap,
  ignoreElements,
  interval,
  map,
  merge,
  mergeMap,
  type Observable,
  type OperatorFunction,
  takeUntil,
  takeWhile,
  tap,
} from 'rxjs'

/**
 * A queue that goes out in chunks: every `rate` ms the first `most` values, until a tick finds it empty; then it
 * sleeps, without a timer, until the next value. When `release$` emits, and on completion, the whole backlog goes at
 * once, still in chunks.
 */
export const chunkEntries =
  <T>(most: number, rate: number, release$: Observable<unknown>): OperatorFunction<T, T[]> =>
  (entry$) =>
    defer(() => {
      const queue: T[] = []
      const nextChunk = () => queue.splice(0, most)
      return entry$.pipe(
        tap((entry) => queue.push(entry)),
        connect((entry$) => {
          const ended$ = entry$.pipe(ignoreElements(), endWith(0))
          const letGo$ = merge(release$.pipe(takeUntil(ended$)), ended$)
          return merge(
            entry$.pipe(
              exhaustMap(() =>
                interval(rate).pipe(
                  takeWhile(() => queue.length > 0),
                  map(nextChunk),
                  takeUntil(letGo$),
                ),
              ),
            ),
            letGo$.pipe(mergeMap(() => [...Array(Math.ceil(queue.length / most))].map(nextChunk))),
          )
        }),
      )
    })
