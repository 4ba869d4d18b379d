import { catchError, distinctUntilChanged, EMPTY, exhaustMap, from, map, type Observable, of } from 'rxjs'
import type { Page } from '../page/page.ts'

/**
 * Memory that the page uses, bytes, asked at each `tick$`: of the whole page where it is cross-origin isolated (that
 * takes the browser seconds to answer), else of the JavaScript heap. A value within 1 %, or 2 MiB, of the last one told
 * is not repeated. Empty outside Chromium.
 */
export const usedMemory = ({ performance }: Page, tick$: Observable<unknown>): Observable<number> => {
  const { measureUserAgentSpecificMemory, memory } = performance as Memory
  if (!measureUserAgentSpecificMemory && !memory) return EMPTY
  return tick$.pipe(
    exhaustMap(() =>
      measureUserAgentSpecificMemory
        ? from(measureUserAgentSpecificMemory.call(performance)).pipe(
            map(({ bytes }) => bytes),
            // the browser may refuse, and be asked again at the next tick
            catchError(() => EMPTY),
          )
        : of((performance as Memory).memory?.usedJSHeapSize as number),
    ),
    // a small heap grows by more than 1 % by being asked and told
    distinctUntilChanged((told, now) => Math.abs(now - told) <= Math.max(told / 100, 2 ** 21)),
  )
}

type Memory = Performance & {
  memory?: { usedJSHeapSize: number }
  measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>
}
