import { type Browser, launch } from '../chromium/browser.ts'
import { openTab, type Tab } from '../chromium/tab.ts'
import { openSite } from '../site/openSite.ts'
import { alone, type Subject } from '../subjects/subject.ts'
import type { Sample, Scene } from './measurement.ts'

/** Where subjects play a scene one after the other: in one browser, each on a site and in a profile of its own. */
export interface Stage {
  play(scene: Scene, subject: Subject, settings: Record<string, unknown>): Promise<Sample>
  close(): Promise<void>
}

/** Opens a stage; its browser is started when the first tab is asked for. */
export function openStage(): Stage {
  let browser: Promise<Browser> | undefined
  return {
    play: async (scene, subject, settings) => {
      const site = await openSite(subject, settings)
      const tabs: Tab[] = []
      try {
        return await scene({
          site,
          openTab: async () => {
            browser ??= warmBrowser()
            const tab = await openTab(await browser)
            tabs.push(tab)
            return tab
          },
        })
      } finally {
        for (const tab of tabs) await tab.close().catch(() => {})
        site.close()
      }
    },
    close: async () => {
      const started = await browser?.catch(() => undefined)
      await started?.close()
    },
  }
}

/** A browser that has shown the page once: it has done what it does for its first page only. */
async function warmBrowser(): Promise<Browser> {
  const browser = await launch()
  const site = await openSite(alone, {})
  const tab = await openTab(browser)
  await tab.open(`${site.origin}/shop`)
  await tab.close()
  site.close()
  return browser
}
