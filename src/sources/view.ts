import { type BehaviorSubject, distinctUntilChanged, map, merge, type Observable, scan } from 'rxjs'
import type { Page } from '../page/page.ts'
import { route } from '../page/route.ts'
import { locationParts } from '../payload/locationParts.ts'
import type { ViewIdentity } from '../payload/payload.ts'
import { toJson } from '../payload/toJson.ts'

/** What a view says of itself; `isNew` when it had another route or name before, whose sample is to close. */
export type ViewIntroduction = Omit<ViewIdentity, 'visibility'> & { isNew: boolean }

/**
 * What the page view is: now, and whenever its route or the name that the owner gave it changes. The first name after a
 * route change names that route from its start, any further name is news, before which the running sample is to close. A
 * view that began with the page began at the navigation start, one that began later (`since` > 0, ms from there) began then.
 */
export const view = (page: Page, since: number, viewId$: BehaviorSubject<string>): Observable<ViewIntroduction> =>
  merge(viewId$, route(page)).pipe(
    map(() => ({ ...identity(page, viewId$.value, since), isNamed: false, isNew: false })),
    distinctUntilChanged((a, b) => a.href === b.href && a.id === b.id),
    scan((before, now) => {
      const isRoute = before.href !== now.href
      return { ...now, isNamed: !isRoute, isNew: isRoute || before.isNamed }
    }),
    map(({ isNamed, ...view }) => view),
  )

const identity = ({ document, location, performance }: Page, viewId: string, since: number) => ({
  id: toJson(viewId || location.pathname) as string,
  startTime: Math.round(performance.timeOrigin + since),
  ...locationParts(location),
  referer: document.referrer,
})
