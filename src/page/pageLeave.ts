import { filter, merge, type Observable } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { isPrerendering } from './prerendering.ts'

/**
 * Emits whenever this may be the last moment of the page: it was hidden, is unloaded, or is put on ice. More than one
 * of them comes at a navigation, `pagehide` first (the page is still `visible` then). Heard on `document`, where it
 * comes after performance observers have handed over the final CLS and INP, on `window`. Silent while prerendering.
 */
export const pageLeave = (page: Page): Observable<Event> => {
  const { document } = page
  return merge(
    events(document, 'visibilitychange').pipe(filter(() => document.visibilityState === 'hidden')),
    events(page, 'pagehide'),
    events(document, 'freeze'),
  ).pipe(filter(() => !isPrerendering(page)))
}
