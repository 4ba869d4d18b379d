import { defer, type Observable, of, switchMap, take } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { pageActivated } from './pageActivated.ts'

/** Emits once, when the page has loaded and is not (or no longer) being prerendered; at once where that is past. */
export const loaded = (page: Page): Observable<unknown> => {
  const load$ = defer(() => (page.document.readyState === 'complete' ? of(0) : events(page, 'load')))
  return pageActivated(page).pipe(
    switchMap(() => load$),
    take(1),
  )
}
