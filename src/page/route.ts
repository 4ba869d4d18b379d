import { defer, filter, map, Observable, tap } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { patchAll } from './patch.ts'
import { runOutsideZone } from './runOutsideZone.ts'
import { together } from './together.ts'

/**
 * The URL, at each change that needs no new page: by history, hash or navigation. Uses the Navigation API if there is one,
 * else patches `history`.
 */
export const route = (page: Page): Observable<string> => {
  const { navigation } = page as { navigation?: EventTarget }
  // an element with that id is no navigation
  const changed$: Observable<unknown> =
    navigation && 'currentEntry' in navigation
      ? events(navigation, 'currententrychange')
      : together(events(page, ['popstate', 'hashchange']), historyCalls(page))
  return defer(() => {
    let last = page.location.href
    return changed$.pipe(
      map(() => page.location.href),
      filter((href) => href !== last),
      tap((href) => {
        last = href
      }),
    )
  })
}

const historyCalls = (page: Page) =>
  new Observable<void>((call$) =>
    patchAll(
      page.History.prototype,
      ['pushState', 'replaceState'],
      (original) =>
        function (this: History, ...args: Parameters<History['pushState']>) {
          const answer = original.apply(this, args)
          runOutsideZone(page, () => call$.next())
          return answer
        },
    ),
  )
