import { setTimeout as wait } from 'node:timers/promises'
import type { Tab } from '../harness/bareTab.ts'
import type { Answer } from '../harness/site.ts'
import { each } from './each.ts'
import type { Stage } from './scenario.ts'

export const followLink = (tab: Tab): Promise<unknown> => tab.run(() => document.querySelector('a')?.click())

export async function goOffline(tab: Tab, offline: boolean): Promise<void> {
  await tab.send('Network.enable')
  const throughput = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
  await tab.send('Network.emulateNetworkConditions', { offline, ...throughput })
}

/** The receiver answers like this for some seconds, while the pages go on. */
export const outage =
  (answer: Answer | (() => Answer), seconds = 3) =>
  async ({ site }: Stage): Promise<void> => {
    const before = site.answer
    site.answer = typeof answer === 'function' ? answer : () => answer
    await wait(seconds * 1000)
    site.answer = before
  }

/** The page's process crashes by a fault of its own. */
export const crash = each(async (tab) => {
  // it has no answer to that
  tab.send('Page.crash').catch(() => {})
  await tab.crashed
})

/** The system kills every process that runs pages: for want of memory, say. */
export async function killRenderers({ devices, visitors }: Stage): Promise<void> {
  for (const device of devices) for (const id of await device.renderers()) process.kill(id, 'SIGKILL')
  await Promise.all(visitors.flatMap(({ tabs }) => tabs.map(({ crashed }) => crashed)))
}

/** The browser is gone, with all that it had not written down. */
export async function killBrowser({ devices, strike }: Stage): Promise<void> {
  strike()
  await Promise.all(devices.map((device) => device.kill('SIGKILL')))
}

/** The system asks the browser to end, as when it shuts down. */
export async function terminate({ devices, strike }: Stage): Promise<void> {
  strike()
  await Promise.all(devices.map((device) => device.kill('SIGTERM')))
}

export async function quit({ devices, strike }: Stage): Promise<void> {
  strike()
  await Promise.all(devices.map((device) => device.quit()))
}

/** One thing after the other. */
export const inOrder =
  (...acts: ((stage: Stage) => Promise<unknown>)[]) =>
  async (stage: Stage): Promise<void> => {
    for (const act of acts) await act(stage)
  }
