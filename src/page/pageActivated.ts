import { defer, type Observable, take } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { isPrerendering } from './prerendering.ts'

/** Emits once: when a prerendered page is shown; for any other page at once. */
export const pageActivated = (page: Page): Observable<unknown> =>
  defer(() => (isPrerendering(page) ? events(page.document, 'prerenderingchange').pipe(take(1)) : [0]))
