import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTab, type Tab } from './bareTab.ts'
import { type DevTools, devTools } from './devTools.ts'

/** A visitor's computer: a profile that lasts, and the browser on it, which may be quit, killed and started again. */
export interface Device {
  /** Opens a tab at this URL, in a window of its own. */
  open(url: string): Promise<Tab>
  /** Ids of the processes that run pages. */
  renderers(): Promise<number[]>
  /** Closes the browser as its menu does; resolves when its process has ended. */
  quit(): Promise<void>
  /** Kills the browser's own process; resolves when it has ended. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Starts the browser again, on the same profile, if it does not run. */
  restart(): void
  /** Ends the browser and removes the profile. */
  dispose(): Promise<void>
}

/** Many windows at once, on few cores: small ones, and one process for all pages of a site. */
const lightly = ['--window-size=200,150', '--process-per-site']

/** Gets a new computer and starts its browser. */
export async function device(): Promise<Device> {
  const profile = await mkdtemp(join(tmpdir(), 'crum-device-'))
  let tools: DevTools = devTools(profile, lightly)
  const runs = () => tools.process.exitCode === null && tools.process.signalCode === null

  const own: Device = {
    open: (url) => openTab(tools, url),
    renderers: async () => {
      const { processInfo } = await tools.send<{ processInfo: { type: string; id: number }[] }>(
        'SystemInfo.getProcessInfo',
      )
      return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id)
    },
    quit: async () => {
      // it may end before it has answered
      tools.send('Browser.close').catch(() => {})
      const timer = setTimeout(() => tools.process.kill('SIGKILL'), 20_000)
      await tools.ended
      clearTimeout(timer)
    },
    kill: async (signal) => {
      tools.process.kill(signal)
      await tools.ended
    },
    restart: () => {
      if (runs()) return
      tools = devTools(profile, lightly)
    },
    dispose: async () => {
      if (runs()) await own.kill('SIGKILL')
      // what the browser leaves behind ends a moment after it
      await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
  return own
}
