import { defer, Observable, timer } from 'rxjs'
import type { Page } from './page.ts'

/** How long after it was asked for an idle moment is assumed if the browser does not report any, ms. */
const assumed = 200

/**
 * Emits once: when the browser has nothing better to do, and `timeout` ms after the subscription at the latest. (After a
 * click with a long handler Chromium calls nobody back but for the timeout; WebKit has no idle callback.)
 */
export const idle = (page: Page, timeout: number): Observable<unknown> =>
  defer(() => {
    const { request, cancel } = originalOf(page)
    return request ? idleCallback(page, request, cancel, timeout) : timer(Math.min(assumed, timeout))
  })

const idleCallback = (
  page: Page,
  request: Page['requestIdleCallback'],
  cancel: Page['cancelIdleCallback'],
  timeout: number,
) =>
  new Observable<void>((idle$) => {
    let handle = request.call(
      page,
      () => {
        handle = 0
        idle$.next()
        idle$.complete()
      },
      { timeout },
    )
    return () => {
      if (handle) cancel.call(page, handle)
    }
  })

interface Original {
  request: Page['requestIdleCallback'] | undefined
  cancel: Page['cancelIdleCallback']
}

const originals = new WeakMap<Page, Original>()

/** The functions of a page as they were when they were first wanted: what takes their place later may never call back. */
const originalOf = (page: Page): Original => {
  const original = originals.get(page) ?? { request: page.requestIdleCallback, cancel: page.cancelIdleCallback }
  originals.set(page, original)
  return original
}
