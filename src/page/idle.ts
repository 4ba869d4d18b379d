import { defer, Observable, timer } from 'rxjs'
import type { Page } from './page.ts'

/** How long after it was asked for an idle moment is assumed if the browser does not report any, ms. */
const assumed = 200

/**
 * Emits once: when the browser has nothing better to do, and `timeout` ms after the subscription at the latest. (After a
 * click with a long handler Chromium calls nobody back but for the timeout; WebKit has no idle callback.)
 */
export const idle = (page: Page, timeout: number): Observable<unknown> =>
  defer(() => ('requestIdleCallback' in page ? idleCallback(page, timeout) : timer(Math.min(assumed, timeout))))

const idleCallback = (page: Page, timeout: number) =>
  new Observable<void>((idle$) => {
    let handle = page.requestIdleCallback(
      () => {
        handle = 0
        idle$.next()
        idle$.complete()
      },
      { timeout },
    )
    return () => {
      if (handle) page.cancelIdleCallback(handle)
    }
  })
