import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { devTools, type Notice } from '../../test/browser/harness/devTools.ts'
import { disabledFeatures } from './switches.ts'

/** A running Chromium with a new profile. Nothing but the bare DevTools protocol looks into its pages. */
export interface Browser {
  /** `Chrome/156.0.8078.108` */
  version: string
  send<T = Record<string, unknown>>(method: string, params?: object, session?: string): Promise<T>
  /** Calls back for each event of the browser, and of every attached tab. Returns a function that ends this. */
  listen(listener: (notice: Notice) => void): () => void
  /** Resolves with the next such event; rejects after a minute without one. */
  next(method: string, session?: string): Promise<Notice['params']>
  close(): Promise<void>
}

/** Starts a Chromium. */
export async function launch(): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), 'crum-bench-'))
  const { process, ended, send, listen } = devTools(profile, [disabledFeatures])
  const listeners = new Set<(notice: Notice) => void>()
  listen((notice) => {
    for (const listener of [...listeners]) listener(notice)
  })

  const browser: Browser = {
    version: '',
    send,
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    next: (method, session) =>
      new Promise((resolve, reject) => {
        const settle = (end: () => void) => {
          clearTimeout(timer)
          unlisten()
          end()
        }
        const unlisten = browser.listen((notice) => {
          if (notice.method !== method || notice.sessionId !== session) return
          settle(() => resolve(notice.params))
        })
        const timer = setTimeout(() => settle(() => reject(new Error(`no ${method} came within a minute`))), 60_000)
      }),
    close: async () => {
      send('Browser.close').catch(() => {})
      const timer = setTimeout(() => process.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(timer)
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
  const { product } = await send<{ product: string }>('Browser.getVersion')
  return Object.assign(browser, { version: product })
}
