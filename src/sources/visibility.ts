import { map, type Observable, startWith } from 'rxjs'
import { fromTarget } from './fromTarget.ts'
import type { Page } from './page.ts'

/**
 * Whether the page is `visible` or `hidden`: now, and at each change. A page that is being prerendered counts as
 * visible: what is read there is only sent once it is.
 */
export const visibility = ({ document }: Page): Observable<DocumentVisibilityState> =>
  fromTarget(document, 'visibilitychange').pipe(
    startWith(0),
    map(() => ((document as { prerendering?: boolean }).prerendering ? 'visible' : document.visibilityState)),
  )
