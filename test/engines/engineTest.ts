import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, inject } from 'vitest'
import type { FoundEngine } from '../../scripts/engines.ts'
import { openSites } from '../browser/harness/openSites.ts'
import { site } from '../browser/harness/site.ts'
import { type Api, type Apis, probe } from './driver/apis.ts'
import { type Engine, startEngine } from './driver/engine.ts'
import { lastingEngine } from './driver/lastingEngine.ts'
import type { Abilities } from './driver/launch.ts'
import type { Tab } from './driver/tab.ts'

export { expect } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    engine: FoundEngine
  }
  interface TaskMeta {
    /** The version of the engine that ran it. */
    engine?: string
    /** What it was skipped for want of. */
    lacks?: string
  }
}

interface Running extends Engine {
  apis: Apis
}

interface Fixtures {
  /** One for all files of a worker: each site has a name of its own, so none sees what another one has stored. */
  engine: Running
  /** Skips the test if the engine can't do this. */
  needs: (what: keyof Abilities | Api) => void
  /** Skips the test for want of what the test itself has found missing. */
  lacks: (what: string) => void
  /** Opens a site; it closes with the test. */
  site: typeof site
  /** Opens a tab in front, at a URL if given; it closes with the test. */
  tab: (url?: string) => Promise<Tab>
  /** The same in a window of its own: tests that wait for most of their time do so side by side. */
  ownWindow: (url?: string) => Promise<Tab>
  /** Starts another engine on the same profile each time; all end with the test. */
  restart: () => Promise<Engine>
  marked: undefined
}

/** Opens for a test, and closes when it ends. */
async function opening(open: () => Promise<Tab>, use: (open: Fixtures['tab']) => Promise<void>): Promise<void> {
  const opened: Tab[] = []
  await use(async (url) => {
    const tab = await open()
    opened.push(tab)
    if (url) await tab.go(url)
    return tab
  })
  // a test may have closed it
  for (const tab of opened) await tab.close().catch(() => {})
}

export const test = base.extend<Fixtures>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs off this pattern
    async ({}, use) => {
      const engine = await lastingEngine(inject('engine'))
      const shop = await site({ '/': '<title>probe</title>probe' })
      try {
        const tab = await engine.open()
        await tab.go(shop.url('/'))
        await tab.until(() => performance.getEntriesByName('first-contentful-paint').length > 0)
        const apis = await tab.run(probe)
        await tab.close()
        await use({ ...engine, apis })
      } finally {
        await shop.close()
        await engine.kill()
      }
    },
    { scope: 'worker' },
  ],
  marked: [
    async ({ engine, task }, use) => {
      task.meta.engine = engine.version
      await use(undefined)
    },
    { auto: true },
  ],
  lacks: async ({ task, skip }, use) => {
    await use((what) => {
      task.meta.lacks = what
      skip(`for want of ${what}`)
    })
  },
  needs: async ({ engine, lacks }, use) => {
    await use((what) => {
      if (!{ ...engine.can, ...engine.apis }[what]) lacks(what)
    })
  },
  site: openSites,
  tab: ({ engine }, use) => opening(() => engine.open(), use),
  ownWindow: ({ engine }, use) => opening(() => engine.open('window'), use),
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads a fixture's needs off this pattern
  restart: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'crum-visitor-'))
    const started: Engine[] = []
    await use(async () => {
      const engine = await startEngine(inject('engine'), profile)
      started.push(engine)
      return engine
    })
    for (const engine of started) await engine.kill()
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  },
})
