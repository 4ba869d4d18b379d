import { type BehaviorSubject, distinctUntilChanged, map, merge, type Observable } from 'rxjs'
import type { ViewIdentity } from '../sinks/payload'
import type { Page } from './page'
import { route } from './route'

/**
 * What the page view is: now, and whenever its route or the name that the owner gave it changes. A view that began with
 * the page began at the navigation start, one that began later (`since` > 0, ms from there) began then.
 */
export const view = (
  page: Page,
  since: number,
  viewId$: BehaviorSubject<string>,
): Observable<Omit<ViewIdentity, 'visibility'>> =>
  merge(viewId$, route(page)).pipe(
    map(() => identity(page, viewId$.value, since)),
    distinctUntilChanged((a, b) => a.href === b.href && a.id === b.id),
  )

const identity = ({ document, location, performance }: Page, viewId: string, since: number) => {
  const { href, protocol, host, hostname, port, pathname, search, hash, origin } = location
  return {
    id: viewId || pathname,
    startTime: Math.round(performance.timeOrigin + since),
    ...{ href, protocol, host, hostname, port, pathname, search, hash, origin },
    referer: document.referrer,
  }
}
