import { ignoreElements, type Observable, tap } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'

/** Pages that have been told that they end, and may come back. */
const ending = new WeakSet<Page>()

/** Takes note of it when the page ends, and when it comes back, as long as somebody subscribes. Emits nothing. */
export const unloading = (page: Page): Observable<never> =>
  events(page, ['pagehide', 'pageshow'], { capture: true }).pipe(
    tap(({ type }) => (type === 'pagehide' ? ending.add(page) : ending.delete(page))),
    ignoreElements(),
  )

/** Whether the page has been told that it ends. One that is only hidden lives on. */
export const isUnloading = (page: Page): boolean => ending.has(page)
