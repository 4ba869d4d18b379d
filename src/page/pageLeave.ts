import { filter, type Observable } from 'rxjs'
import { native } from '../payload/native.ts'
import { merge } from '../rx/merge.ts'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { isPrerendering } from './prerendering.ts'

/**
 * Emits whenever this may be the last moment of the page: it is hidden, unloaded or frozen. A navigation brings more than
 * one of these events, `pagehide` first, while the page is still `visible`. Listens on `document`: performance observers
 * hand over the final CLS and INP on `window`, which is earlier. Silent during prerendering.
 */
export const pageLeave = (page: Page): Observable<Event> => {
  const { document } = page
  return merge(events(document, ['visibilitychange', 'freeze']), events(page, 'pagehide')).pipe(
    filter(({ type }) => type !== 'visibilitychange' || native(document, 'visibilityState') === 'hidden'),
    filter(() => !isPrerendering(page)),
  )
}
