import { type Capabilities, WebDriver } from 'selenium-webdriver'
import { Executor, HttpClient } from 'selenium-webdriver/http/index.js'
import type { Executor as AnyExecutor } from 'selenium-webdriver/lib/command.js'
import type { EngineName, FoundEngine } from '../../../scripts/engines.ts'
import { chromium } from './chromium.ts'
import { firefox } from './firefox.ts'
import { impatient } from './impatient.ts'
import type { Abilities, Launch, Opens } from './launch.ts'
import { Processes } from './processes.ts'
import { proxy } from './proxy.ts'
import type { Tab } from './tab.ts'
import { webDriverTab } from './webDriverTab.ts'
import { webkit } from './webkit.ts'

const launches: Record<EngineName, Launch> = { chromium, firefox, webkit }

/** A running browser. */
export interface Engine {
  /** `Firefox 153.7.0` */
  version: string
  /** What can be done with it from outside; what it has inside is asked of a page. */
  can: Abilities
  /** Opens a tab in front of the others, on a blank page; or a window of its own, which hides none. */
  open(as?: Opens): Promise<Tab>
  /** Kills it, as a crash or the system does: no page hears of it. */
  kill(): Promise<void>
  /** Whether it was killed, by hand or because it did not answer. */
  hasEnded(): boolean
}

/** Starts an engine; on this profile, which another one may have used before, or on a new one. */
export async function startEngine({ name, ...installed }: FoundEngine, profile?: string): Promise<Engine> {
  const processes = new Processes()
  const between = await proxy()
  let hasEnded = false
  const end = async () => {
    hasEnded = true
    between.close()
    await processes.end()
  }
  try {
    const launched = await launches[name]({ ...installed, processes, profile, proxy: between.address })
    const driver = await session(launched.executor, launched.capabilities, () => void end())
    const given = await driver.getCapabilities()
    await driver.manage().setTimeouts({ script: 8000, pageLoad: 30_000 })
    const [first = ''] = await driver.getAllWindowHandles()
    let last: Promise<unknown> = Promise.resolve()
    // a session looks at one tab at a time
    const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
      const turn = last.then(act, act)
      last = turn.catch(() => {})
      return turn
    }
    return {
      version: `${launched.label} ${given.getBrowserVersion()}`,
      can: launched.can,
      open: async (as = launched.opens) => {
        const handle = await inTurn(async () => {
          await driver.switchTo().window(first)
          await driver.switchTo().newWindow(as)
          return driver.getWindowHandle()
        })
        return webDriverTab(driver, handle, inTurn, as)
      },
      kill: end,
      hasEnded: () => hasEnded,
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** Selenium has one of its own for each browser, which looks for drivers and downloads them; this one speaks to ours. */
async function session(
  executor: AnyExecutor | string,
  capabilities: Record<string, unknown>,
  onSilence: () => void,
): Promise<WebDriver> {
  const speaks = impatient(typeof executor === 'string' ? new Executor(new HttpClient(executor)) : executor, onSilence)
  const create = () => WebDriver.createSession(speaks, capabilities as unknown as Capabilities)
  for (const end = performance.now() + 30_000; ; ) {
    const driver = create()
    try {
      await driver.getSession()
      return driver
    } catch (error) {
      // the driver's port is not open yet
      if (!`${error}`.includes('ECONNREFUSED') || performance.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
