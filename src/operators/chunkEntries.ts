import {
  connect,
  defer,
  EMPTY,
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
import { drain } from '../rx/drain.ts'
import { merge } from '../rx/merge.ts'

/** How entries are chunked. */
export interface Chunking<T, Chunk = T[]> {
  /** Lets the whole backlog go at once. Default: nothing does. */
  release$?: Observable<unknown>
  /** What waits belongs together, and nothing else to it: it goes at once if it may follow, else in chunks of its own. */
  part$?: Observable<unknown>
  /** The clock waits for it. Default: it does not wait. */
  start$?: Observable<unknown>
  /** Takes a turn: whether what has come since the last backlog may go. Default: always. */
  takeTurn?: () => boolean
  /** What is emitted of the entries of a chunk, when it is full, or goes. Default: the entries. */
  toChunk?: (entries: T[]) => Chunk
}

/**
 * A queue that goes out in chunks: every `rate` ms the first `most` values, until a tick finds it empty. Then it sleeps,
 * without a timer, until the next value. On completion the whole backlog goes at once, still in chunks.
 */
export const chunkEntries =
  <T, Chunk = T[]>(
    most: number,
    rate: number,
    {
      release$ = EMPTY,
      part$ = EMPTY,
      start$ = defer(() => [0]),
      takeTurn = () => true,
      toChunk = (entries) => entries as Chunk,
    }: Chunking<T, Chunk> = {},
  ): OperatorFunction<T, Chunk> =>
  (entry$) =>
    defer(() => {
      const queue: T[] = []
      /** Chunks that wait, and can't grow. */
      const parts: Chunk[] = []
      const ended$ = new Subject<void>()
      let chunksToGo = 0
      const isEmpty = () => queue.length + parts.length < 1
      const mayGo = () => {
        if (chunksToGo < 1 && takeTurn()) chunksToGo = parts.length + Math.ceil(queue.length / most)
        return chunksToGo > 0
      }
      const nextChunk = () => {
        chunksToGo--
        return parts.shift() ?? toChunk(queue.splice(0, most))
      }
      const closeParts = () => {
        while (queue.length > 0) parts.push(toChunk(queue.splice(0, most)))
      }
      const allChunks = () => {
        closeParts()
        chunksToGo = 0
        return drain(parts)
      }
      const letGo$ = merge(release$.pipe(takeUntil(ended$)), ended$)
      const chunks$ = start$.pipe(
        switchMap(() => interval(rate)),
        takeWhile(() => !isEmpty()),
        filter(mayGo),
        map(nextChunk),
      )
      const parted$ = part$.pipe(
        takeUntil(ended$),
        tap(closeParts),
        filter(() => !isEmpty() && takeTurn()),
        mergeMap(allChunks),
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
          merge(
            entry$.pipe(exhaustMap(() => chunks$.pipe(takeUntil(letGo$)))),
            parted$,
            letGo$.pipe(mergeMap(allChunks)),
          ),
        ),
      )
    })
