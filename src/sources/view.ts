import { defer, distinctUntilChanged, map, type Observable, scan } from 'rxjs'
import type { Page } from '../page/page.ts'
import { route } from '../page/route.ts'
import { locationParts } from '../payload/locationParts.ts'
import { native } from '../payload/native.ts'
import type { ViewIdentity } from '../payload/payload.ts'
import { toJson } from '../payload/toJson.ts'
import { merge } from '../rx/merge.ts'
import type { SourceOptions } from './source.ts'

/** The identity of a view; `isNew` if it had another route or name before, whose sample must close. */
export type ViewChange = Omit<ViewIdentity, 'visibility'> & { isNew: boolean }

/**
 * The identity of the view: now, and whenever its route or its name changes. The first name of a route names it from its
 * start, while nothing of it has left. Any other name is news, and closes the running sample. A route to another path has
 * no name, one to another query or hash keeps it. A view that began with the page began at the navigation start, one that
 * began later (`since` > 0) began then.
 */
export const view = (
  page: Page,
  { since = 0, viewId$ = defer(() => ['']), hasLeft = () => false }: SourceOptions = {},
): Observable<ViewChange> =>
  merge(viewId$, route(page).pipe(map(() => undefined))).pipe(
    scan((before: Named | undefined, given?: string): Named => {
      const { pathname } = page.location
      return { pathname, name: given ?? (before?.pathname === pathname ? before.name : '') }
    }, undefined),
    map((named) => ({ ...identity(page, (named as Named).name, since), isNamed: false, isNew: false })),
    distinctUntilChanged((a, b) => a.href === b.href && a.id === b.id),
    scan((before, now) => {
      const isRoute = before.href !== now.href
      const isNamed = !isRoute || (before.isNamed && before.pathname === now.pathname)
      return { ...now, isNamed, isNew: isRoute || before.isNamed || hasLeft() }
    }),
    map(({ isNamed, ...view }) => view),
  )

/** A path, and the name that it was given, or none. */
interface Named {
  pathname: string
  name: string
}

const identity = ({ document, location, performance }: Page, name: string, since: number) => {
  const parts = locationParts(location)
  return {
    id: (toJson(name) as string) || parts.pathname,
    startTime: Math.round(performance.timeOrigin + since),
    ...(since && { timeOrigin: Math.round(performance.timeOrigin) }),
    ...parts,
    referer: toJson(native(document, 'referrer')) as string,
  }
}
