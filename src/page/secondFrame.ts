import { type Observable, skip, take } from 'rxjs'
import { frames } from './frames.ts'
import type { Page } from './page.ts'

/** Emits once, in the second frame from now: by then the page as it is now has been painted. Waits while it is hidden. */
export const secondFrame = (page: Page): Observable<unknown> => frames(page).pipe(skip(1), take(1))
