import { defer, distinctUntilChanged, map, type Observable, scan } from 'rxjs'
import type { Page } from '../page/page.ts'
import { route } from '../page/route.ts'
import { together } from '../page/together.ts'
import { locationParts } from '../payload/locationParts.ts'
import type { ViewIdentity } from '../payload/payload.ts'
import { toJson } from '../payload/toJson.ts'
import type { SourceOptions } from './source.ts'

/** The identity of a view; `isNew` if it had another route or name before, whose sample must close. */
export type ViewIntroduction = Omit<ViewIdentity, 'visibility'> & { isNew: boolean }

/**
 * The identity of the view: now, and whenever its route or its name changes. The first name after a route change names
 * that route from its start. Any later name is news, and closes the running sample. A view that began with the page began
 * at the navigation start, one that began later (`since` > 0) began then.
 */
export const view = (
  page: Page,
  { since = 0, viewId$ = defer(() => ['']) }: SourceOptions = {},
): Observable<ViewIntroduction> =>
  together(viewId$, route(page).pipe(map(() => undefined))).pipe(
    scan((name: string, given?: string) => given ?? name, ''),
    map((name) => ({ ...identity(page, name, since), isNamed: false, isNew: false })),
    distinctUntilChanged((a, b) => a.href === b.href && a.id === b.id),
    scan((before, now) => {
      const isRoute = before.href !== now.href
      return { ...now, isNamed: !isRoute, isNew: isRoute || before.isNamed }
    }),
    map(({ isNamed, ...view }) => view),
  )

const identity = ({ document, location, performance }: Page, name: string, since: number) => ({
  id: toJson(name || location.pathname) as string,
  startTime: Math.round(performance.timeOrigin + since),
  ...(since && { timeOrigin: Math.round(performance.timeOrigin) }),
  ...locationParts(location),
  referer: document.referrer,
})
