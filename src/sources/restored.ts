import { filter, type Observable } from 'rxjs'
import { fromTarget } from './fromTarget.ts'
import type { Page } from './page.ts'

/** Emits when the page comes back from the back/forward cache. */
export const restored = (page: Page): Observable<PageTransitionEvent> =>
  fromTarget<PageTransitionEvent>(page, 'pageshow').pipe(filter((event) => event.persisted))
