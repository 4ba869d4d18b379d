import { Observable } from 'rxjs'
import type { Page } from './page.ts'

/** The time of each frame, ms. RxJS's `animationFrames` would take the global page, and four times the bytes. */
export const frames = (page: Page): Observable<number> =>
  new Observable((frame$) => {
    const next = (time: number) => {
      handle = page.requestAnimationFrame(next)
      frame$.next(time)
    }
    let handle = page.requestAnimationFrame(next)
    return () => page.cancelAnimationFrame(handle)
  })
