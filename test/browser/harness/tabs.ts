import type { CDPSession, Page } from 'playwright'

/** Puts the browser's blank tab in front of this one, as a visitor does; resolves when the page knows it is hidden. */
export async function hide(page: Page): Promise<void> {
  const others = page.context().pages()
  const blank = others.find((other) => other !== page && other.url() === 'about:blank')
  await (blank ?? (await page.context().newPage())).bringToFront()
  await visibility(page, 'hidden')
}

/** Puts this tab in front again, awake if it was frozen; resolves when the page knows it is visible. */
export async function show(page: Page): Promise<void> {
  await lifecycle(page, 'active')
  await page.bringToFront()
  await visibility(page, 'visible')
}

/** Hides the page and freezes it, as Chromium does to a tab that was hidden for some minutes; `show` wakes it up. */
export async function freeze(page: Page): Promise<void> {
  await hide(page)
  await lifecycle(page, 'frozen')
}

/** Goes back with `history.back()`, since Playwright's `goBack` waits for a load that a bfcache restore never has. */
export async function back(page: Page): Promise<void> {
  const shown = page.waitForEvent('framenavigated')
  await page.evaluate(() => setTimeout(() => history.back()))
  await shown
}

/** By the page's own event: `waitForFunction` asks once a frame, and a hidden page has no frames. */
async function visibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  await page.evaluate(
    (state) =>
      new Promise<void>((resolve) => {
        if (document.visibilityState === state) return resolve()
        document.addEventListener('visibilitychange', () => resolve(), { once: true })
      }),
    state,
  )
}

async function lifecycle(page: Page, state: 'active' | 'frozen'): Promise<void> {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('Page.setWebLifecycleState', { state })
  await cdp.detach()
}
