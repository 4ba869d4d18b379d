import { defer, filter, type Observable, switchMap, take, timer } from 'rxjs'
import { native } from '../payload/native.ts'
import { merge } from '../rx/merge.ts'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { pageActivated } from './pageActivated.ts'

/**
 * Emits once, when the page has loaded and is not (or no longer) prerendered; at once if it has loaded before. Without a `load`
 * event (`window.stop()`, a listener that stops it), one task after the document is complete.
 */
export const loaded = (page: Page): Observable<unknown> => {
  const isComplete = () => native(page.document, 'readyState') === 'complete'
  const load$ = defer(() =>
    isComplete()
      ? [0]
      : merge(
          // one of a script counts too, if the document is complete
          events(page, 'load', { untrusted: true }),
          // `load` follows in the same task
          events(page.document, 'readystatechange').pipe(switchMap(() => timer(0))),
        ).pipe(filter(isComplete)),
  )
  return pageActivated(page).pipe(
    switchMap(() => load$),
    take(1),
  )
}
