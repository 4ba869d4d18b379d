import { catchError, distinctUntilChanged, EMPTY, exhaustMap, filter, map, type Observable, timer } from 'rxjs'
import type { Page } from '../page/page.ts'
import { promised } from '../rx/promised.ts'
import type { SourceOptions } from './source.ts'

/** While nothing else is read, the memory is, once in so many samples: it takes as long as all the rest of an empty one. */
const seldom = 6

/**
 * Memory that the page uses, bytes, read at the end of each sample that has a reading, and of every sixth (every 5 s without
 * `loop$`): of the whole page if it is cross-origin isolated (the browser then takes seconds to answer), else of the
 * JavaScript heap. A value within 1 %, or 2 MiB, of the last one is not repeated. Empty outside Chromium.
 */
export const usedMemory = (
  { performance }: Page,
  { loop$ = timer(0, 5000) }: SourceOptions = {},
): Observable<number> => {
  const { measureUserAgentSpecificMemory, memory } = performance as Memory
  if (!measureUserAgentSpecificMemory && !memory) return EMPTY
  return loop$.pipe(
    filter((readings, at) => readings !== 0 || at % seldom === 0),
    exhaustMap(() =>
      measureUserAgentSpecificMemory
        ? promised(() => measureUserAgentSpecificMemory.call(performance)).pipe(
            map(({ bytes }) => bytes),
            // the browser may refuse now, and answer the next time
            catchError(() => EMPTY),
          )
        : [(performance as Memory).memory?.usedJSHeapSize as number],
    ),
    // a small heap grows by more than 1 % by the reading itself
    distinctUntilChanged((last, now) => Math.abs(now - last) <= Math.max(last / 100, 2 ** 21)),
  )
}

type Memory = Performance & {
  memory?: { usedJSHeapSize: number }
  measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>
}
