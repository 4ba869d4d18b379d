import { map, type Observable } from 'rxjs'
import { native } from '../payload/native.ts'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { isPrerendering } from './prerendering.ts'

/**
 * Whether the page is `visible` or `hidden`: now, and at each change. A prerendered page counts as visible, because nothing
 * of it is sent before somebody sees it.
 */
export const visibility = (page: Page): Observable<DocumentVisibilityState> =>
  events(page.document, 'visibilitychange', { now: true }).pipe(
    map(() => (isPrerendering(page) ? 'visible' : native(page.document, 'visibilityState'))),
  )
