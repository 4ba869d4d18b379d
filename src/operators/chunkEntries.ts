import {
  connect,
  defer,
  exhaustMap,
  filter,
  interval,
  map,
  mergeMap,
  type Observable,
  type OperatorFunction,
  Subject,
  switchMap,
  takeUntil,
  takeWhile,
  tap,
} from 'rxjs'
import { together } from '../page/together.ts'

/**
 * A queue that goes out in chunks: every `rate` ms the first `most` values, until a tick finds it empty. Then it sleeps,
 * without a timer, until the next value. Its clock waits for `start$`. When `release$` emits, and on completion, the whole
 * backlog goes at once, still in chunks. What has come since the last backlog waits as long as `mayFollow` says so.
 */
export const chunkEntries =
  <T>(
    most: number,
    rate: number,
    release$: Observable<unknown>,
    start$: Observable<unknown> = defer(() => [0]),
    mayFollow: () => boolean = () => true,
  ): OperatorFunction<T, T[]> =>
  (entry$) =>
    defer(() => {
      const queue: T[] = []
      const ended$ = new Subject<void>()
      let backlog = 0
      const mayGo = () => {
        if (backlog < 1 && mayFollow()) backlog = queue.length
        return backlog > 0
      }
      const nextChunk = () => {
        backlog -= most
        return queue.splice(0, most)
      }
      const allChunks = () => {
        const chunks: T[][] = []
        while (queue.length > 0) chunks.push(nextChunk())
        return chunks
      }
      const letGo$ = together(release$.pipe(takeUntil(ended$)), ended$)
      const chunks$ = start$.pipe(
        switchMap(() => interval(rate)),
        takeWhile(() => queue.length > 0),
        filter(mayGo),
        map(nextChunk),
      )
      return entry$.pipe(
        tap({
          next: (entry) => queue.push(entry),
          complete: () => {
            ended$.next()
            ended$.complete()
          },
        }),
        connect((entry$) =>
          together(entry$.pipe(exhaustMap(() => chunks$.pipe(takeUntil(letGo$)))), letGo$.pipe(mergeMap(allChunks))),
        ),
      )
    })
