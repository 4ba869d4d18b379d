import { defer, type Observable, of, switchMap, take } from 'rxjs'
import { activated } from './activated.ts'
import { fromTarget } from './fromTarget.ts'
import type { Page } from './page.ts'

/** Emits once, when the page has loaded and is not (or no longer) being prerendered; at once where that is past. */
export const loaded = (page: Page): Observable<unknown> => {
  const load$ = defer(() => (page.document.readyState === 'complete' ? of(0) : fromTarget(page, 'load')))
  return activated(page).pipe(
    switchMap(() => load$),
    take(1),
  )
}
