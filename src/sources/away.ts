import { filter, type Observable, switchMap, take, timer } from 'rxjs'
import type { Page } from './page'
import { visibility } from './visibility'

/** Emits when the page has been hidden for `seconds` on end. */
export const away = (page: Page, seconds: number): Observable<unknown> =>
  visibility(page).pipe(switchMap((state) => (state === 'hidden' ? timer(seconds * 1000) : [])))

/** Emits when the page is seen again after it has been `away`. */
export const back = (page: Page, seconds: number): Observable<unknown> =>
  away(page, seconds).pipe(
    switchMap(() =>
      visibility(page).pipe(
        filter((state) => state === 'visible'),
        take(1),
      ),
    ),
  )
