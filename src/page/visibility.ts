import { map, type Observable, startWith } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { isPrerendering } from './prerendering.ts'

/**
 * Whether the page is `visible` or `hidden`: now, and at each change. A page that is being prerendered counts as
 * visible: what is read there is only sent once it is.
 */
export const visibility = (page: Page): Observable<DocumentVisibilityState> =>
  events(page.document, 'visibilitychange').pipe(
    startWith(0),
    map(() => (isPrerendering(page) ? 'visible' : page.document.visibilityState)),
  )
