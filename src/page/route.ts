import { distinctUntilChanged, map, merge, Observable, skip, startWith } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { patchAll } from './patch.ts'
import { runOutsideZone } from './zone.ts'

/**
 * The URL, at each change that needs no new page: history, hash or navigation. By the Navigation API where there is
 * one, else by listening in on `history`.
 */
export const route = (page: Page): Observable<string> => {
  const { navigation } = page as { navigation?: EventTarget }
  const changed$: Observable<unknown> = navigation
    ? events(navigation, 'currententrychange')
    : merge(events(page, 'popstate'), events(page, 'hashchange'), historyCalls(page))
  return changed$.pipe(
    startWith(0),
    map(() => page.location.href),
    distinctUntilChanged(),
    skip(1),
  )
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
