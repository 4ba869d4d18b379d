import { defer, filter, map, Observable, tap } from 'rxjs'
import { merge } from '../rx/merge.ts'
import { events } from './events.ts'
import { fromPage } from './fromPage.ts'
import { navigationApi } from './navigationApi.ts'
import type { Page } from './page.ts'
import { patchAll } from './patch.ts'

/** A URL of the page, and how it came. */
export interface RouteChange {
  href: string
  /** It took the place of the one before in the history, as after `replaceState`. */
  isReplaced: boolean
}

/** The URL, at each change that needs no new page: by history, hash or navigation. */
export const route = (page: Page): Observable<string> => routeChanges(page).pipe(map(({ href }) => href))

/** The same, and whether it replaced the one before. Uses the Navigation API if it works there, else patches `history`. */
export const routeChanges = (page: Page): Observable<RouteChange> => {
  const navigation = navigationApi(page)
  const replaced$: Observable<boolean> = navigation
    ? events<EntryChange>(navigation, 'currententrychange').pipe(
        map(({ navigationType }) => navigationType === 'replace'),
      )
    : merge(events(page, ['popstate', 'hashchange'], { capture: true }).pipe(map(() => false)), historyCalls(page))
  return defer(() => {
    let last = page.location.href
    return replaced$.pipe(
      map((isReplaced) => ({ href: page.location.href, isReplaced })),
      filter(({ href }) => href !== last),
      tap(({ href }) => {
        last = href
      }),
    )
  })
}

/** https://developer.mozilla.org/docs/Web/API/NavigationCurrentEntryChangeEvent */
type EntryChange = Event & { navigationType?: string | null }

const historyCalls = (page: Page) =>
  new Observable<boolean>((isReplaced$) => {
    const run = fromPage(page)
    return patchAll(
      // a tool that came before may have put its own on the object itself
      Object.keys(page.history).includes('pushState') ? page.history : page.History.prototype,
      ['pushState', 'replaceState'],
      (original, name) =>
        function (this: History, ...args: Parameters<History['pushState']>) {
          const answer = Reflect.apply(original, this, args)
          run(() => isReplaced$.next(name === 'replaceState'))
          return answer
        },
    )
  })
