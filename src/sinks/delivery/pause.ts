import { defer, EMPTY, type Observable, switchMap, take, timer } from 'rxjs'
import { elapsed } from '../../page/elapsed.ts'
import { events } from '../../page/events.ts'
import type { Page } from '../../page/page.ts'
import { visibility } from '../../page/visibility.ts'
import { merge } from '../../rx/merge.ts'

/**
 * Emits once, `ms` from now: when it is time to try again. A hidden page waits to be seen, or for the next page, which is no reason
 * to begin again. A browser that is online again ends the pause, unless the endpoint has asked for it.
 */
export const pause = (page: Page, ms: number, isAsked: boolean): Observable<unknown> =>
  defer(() => {
    const end = elapsed(page) + ms
    return merge(
      visibility(page).pipe(
        switchMap((state) => (state === 'visible' ? timer(Math.max(0, end - elapsed(page))) : EMPTY)),
      ),
      isAsked ? EMPTY : events(page, 'online', { untrusted: true }),
    ).pipe(take(1))
  })
