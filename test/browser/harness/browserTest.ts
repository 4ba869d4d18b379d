import type { Page } from 'playwright'
import { test as base } from 'vitest'
import { type Launched, type LaunchOptions, launch } from './launch.ts'
import { openSites } from './openSites.ts'
import type { site } from './site.ts'

export { expect } from 'vitest'

interface Fixtures {
  /** One Chromium for all files of a worker: each site has a name of its own, so none sees what another one has stored. */
  browser: Launched
  /** Opens a site; it closes with the test. */
  site: typeof site
  /** Opens a tab in front, at a URL if given; it closes with the test. */
  tab: (url?: string) => Promise<Page>
  /** A Chromium for this test alone, with its own switches or host names. */
  ownBrowser: (options: LaunchOptions) => Promise<Launched>
}

/** Vitest's `test` with a browser: what a test opens is closed when it ends. */
export const test = base.extend<Fixtures>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs off this pattern
    async ({}, use) => {
      const launched = await launch()
      await use(launched)
      await launched.close()
    },
    { scope: 'worker' },
  ],
  site: openSites,
  tab: async ({ browser }, use) => {
    const open: Page[] = []
    await use(async (url) => {
      const page = await browser.context.newPage()
      open.push(page)
      if (url) await page.goto(url)
      return page
    })
    await Promise.all(open.map((page) => page.close()))
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs off this pattern
  ownBrowser: async ({}, use) => {
    const open: Launched[] = []
    await use(async (options) => {
      const launched = await launch(options)
      open.push(launched)
      return launched
    })
    await Promise.all(open.map((launched) => launched.close()))
  },
})
