import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright'
import { onTestFinished } from 'vitest'
import { listen } from '../../demo/listen.ts'
import { openDemo } from '../../demo/openDemo.ts'
import type { StoredBeacon } from '../../demo/store/storedBeacon.ts'
import { expect } from './harness/browserTest.ts'

const dist = join(import.meta.dirname, '..', '..', 'dist')

export const patiently = { timeout: 20_000 }

/** The demo's server in this process, with these beacons in its store. */
export async function start(beacons: StoredBeacon[] = [], { file = '', port = 0 } = {}) {
  const place = file || join(await temporaryFolder(), 'crum.db')
  // the beacons of these tests came in 1970
  const { store, reader, app } = await openDemo({ store: place, dist, maxAge: Number.MAX_SAFE_INTEGER })
  for (const beacon of beacons) await store.append(beacon)
  let streams = 0
  app.addHook('onRequest', async ({ url }, { raw }) => {
    if (url !== '/inspector/api/stream') return
    streams++
    raw.once('close', () => streams--)
  })
  const origin = await listen(app, port, '127.0.0.1')
  const stop = async () => {
    app.server.closeAllConnections()
    await app.close()
  }
  onTestFinished(stop)
  const post = (beacon: StoredBeacon) => store.append(beacon)
  /** How many pages listen. */
  const listening = () => streams
  const totals = () => reader.ask('totals', undefined)
  return { origin, store, reader, totals, file: place, stop, post, listening }
}

export async function frame(page: Page, name: string): Promise<Frame> {
  await expect.poll(() => page.frame({ name })?.url() ?? '', patiently).toContain('http')
  return page.frame({ name }) as Frame
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crum-inspector-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
