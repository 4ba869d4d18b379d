import { filter, type Observable, switchMap, take, timer } from 'rxjs'
import type { Page } from './page.ts'
import { visibility } from './visibility.ts'

/** Emits when the page has been hidden for `seconds` on end. */
export const hiddenFor = (page: Page, seconds: number): Observable<unknown> =>
  visibility(page).pipe(switchMap((state) => (state === 'hidden' ? timer(seconds * 1000) : [])))

/** Emits once, when the page is visible. */
export const whenShown = (page: Page): Observable<unknown> =>
  visibility(page).pipe(
    filter((state) => state === 'visible'),
    take(1),
  )
