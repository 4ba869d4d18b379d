import { BehaviorSubject, EMPTY, filter, ignoreElements, map, switchMap, tap } from 'rxjs'
import type { Page } from './page/page.ts'
import { route } from './page/route.ts'

/**
 * The name that the owner gives the view. It is that of the path at which it was set: a route to another path takes it away
 * for good.
 */
export const viewName = (page: Page, first: string) => {
  const pathOf = () => page.location.pathname
  const named$ = new BehaviorSubject({ name: first, path: pathOf() })
  return {
    set: (name: string): void => named$.next({ name, path: pathOf() }),
    /** The name, `''` for none: now and whenever it is set. A view that runs knows itself that a route has no name. */
    viewId$: named$.pipe(map(({ name, path }) => (path === pathOf() ? name : ''))),
    /** Forgets the name at such a route, in between two views as well. Emits nothing. */
    unnaming$: named$.pipe(
      switchMap((named) =>
        (named.name ? route(page) : EMPTY).pipe(
          filter(() => named.path !== pathOf()),
          tap(() => {
            named.name = ''
          }),
        ),
      ),
      ignoreElements(),
    ),
  }
}
