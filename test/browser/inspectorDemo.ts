import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Frame, Page } from 'playwright'
import { onTestFinished } from 'vitest'
import type { StoredBeacon } from '../../demo/beaconStore.ts'
import { listen } from '../../demo/listen.ts'
import { openDemo } from '../../demo/openDemo.ts'
import { expect } from './harness/browserTest.ts'

const dist = join(import.meta.dirname, '..', '..', 'dist')

export const patiently = { timeout: 20_000 }

/** The demo's server in this process, with these beacons in its store. */
export async function start(beacons: StoredBeacon[] = [], { file = '', port = 0 } = {}) {
  const place = file || join(await temporaryFolder(), 'beacons.ndjson')
  const { store, index, listener } = await openDemo({ store: place, dist })
  for (const beacon of beacons) await store.append(beacon)
  let streams = 0
  const server = createServer((request, response) => {
    if (request.url === '/inspector/api/stream') {
      streams++
      response.once('close', () => streams--)
    }
    listener(request, response)
  })
  const origin = await listen(server, port, '127.0.0.1')
  const stop = async () => {
    server.closeAllConnections()
    server.close()
    await store.close()
  }
  onTestFinished(stop)
  const post = (beacon: StoredBeacon) => store.append(beacon)
  /** How many pages listen. */
  const listening = () => streams
  return { origin, index, file: place, stop, post, listening }
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
