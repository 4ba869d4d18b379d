import { defer, filter, type Observable, switchMap, take, timer } from 'rxjs'
import { native } from '../payload/native.ts'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { pageActivated } from './pageActivated.ts'
import { together } from './together.ts'

/**
 * Emits once, when the page has loaded and is not (or no longer) prerendered; at once if it has loaded before. Of a page whose
 * loading was stopped there is no `load`, and a listener of the page's may have kept it from everybody else.
 */
export const loaded = (page: Page): Observable<unknown> => {
  const isComplete = () => native(page.document, 'readyState') === 'complete'
  const load$ = defer(() =>
    isComplete()
      ? [0]
      : together(
          // whoever dispatches the event
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
