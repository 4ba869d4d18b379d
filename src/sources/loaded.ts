import { defer, type Observable, of, switchMap, take } from 'rxjs'
import { fromTarget } from './fromTarget.ts'
import type { Page } from './page.ts'
import { isPrerendering } from './prerendering.ts'

/** Emits once, when the page has loaded and is not (or no longer) being prerendered; at once where that is past. */
export const loaded = (page: Page): Observable<unknown> => {
  const { document } = page
  const activated$ = defer(() => (isPrerendering(page) ? fromTarget(document, 'prerenderingchange') : of(0)))
  const load$ = defer(() => (document.readyState === 'complete' ? of(0) : fromTarget(page, 'load')))
  return activated$.pipe(
    switchMap(() => load$),
    take(1),
  )
}
