import { defer, type Observable, of } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { isPrerendering } from './prerendering.ts'

/** Emits when a page that is being prerendered is shown; for any other page at once. */
export const pageActivated = (page: Page): Observable<unknown> =>
  defer(() => (isPrerendering(page) ? events(page.document, 'prerenderingchange') : of(0)))
