import { defer, filter, type Observable, switchMap, take } from 'rxjs'
import { native } from '../payload/native.ts'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { pageActivated } from './pageActivated.ts'

/** Emits once, when the page has loaded and is not (or no longer) prerendered; at once if it has loaded before. */
export const loaded = (page: Page): Observable<unknown> => {
  const isComplete = () => native(page.document, 'readyState') === 'complete'
  // whoever dispatches the event
  const load$ = defer(() => (isComplete() ? [0] : events(page, 'load', { untrusted: true }).pipe(filter(isComplete))))
  return pageActivated(page).pipe(
    switchMap(() => load$),
    take(1),
  )
}
