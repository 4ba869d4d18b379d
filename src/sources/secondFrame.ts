import { Observable } from 'rxjs'
import type { Page } from './page.ts'

/** Emits once, in the second frame from now: by then the page as it is now has been painted. Waits while it is hidden. */
export const secondFrame = (page: Page): Observable<void> =>
  new Observable((frame$) => {
    let handle = page.requestAnimationFrame(() => {
      handle = page.requestAnimationFrame(() => {
        frame$.next()
        frame$.complete()
      })
    })
    return () => page.cancelAnimationFrame(handle)
  })
