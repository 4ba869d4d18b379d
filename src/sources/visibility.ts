import { map, type Observable, startWith } from 'rxjs'
import { fromTarget } from './fromTarget'
import type { Page } from './page'

/** Whether the page is `visible` or `hidden`: now, and at each change. */
export const visibility = (page: Page): Observable<DocumentVisibilityState> =>
  fromTarget(page.document, 'visibilitychange').pipe(
    startWith(0),
    map(() => page.document.visibilityState),
  )
