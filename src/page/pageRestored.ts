import { filter, type Observable } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'

/** Emits when the page comes back from the back/forward cache. */
export const pageRestored = (page: Page): Observable<PageTransitionEvent> =>
  events<PageTransitionEvent>(page, 'pageshow').pipe(filter((event) => event.persisted))
