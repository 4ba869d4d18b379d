import { ignoreElements, type Observable, tap } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'

/** Pages that have been told that they end, and may come back. */
const ending = new WeakSet<Page>()

/** Takes note of it when the page ends, as long as somebody subscribes, and when it comes back. Emits nothing. */
export const unloading = (page: Page): Observable<never> => {
  const end = () => {
    ending.add(page)
    // heard also where nobody subscribes any more by then
    page.addEventListener('pageshow', () => ending.delete(page), { capture: true, once: true })
  }
  return events(page, ['pagehide', 'pageshow'], { capture: true }).pipe(
    tap(({ type }) => (type === 'pagehide' ? end() : ending.delete(page))),
    ignoreElements(),
  )
}

/** Whether the page has been told that it ends. One that is only hidden lives on. */
export const isUnloading = (page: Page): boolean => ending.has(page)
