import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { BeaconStore } from './beaconStore.ts'
import { BeaconIndex } from './inspector/beaconIndex.ts'
import { inspectorRoutes } from './inspector/inspectorRoutes.ts'
import { createReceiver } from './receiver.ts'

export interface DemoOptions {
  /** The file that beacons are appended to. */
  store: string
  /** The folder of the built script and its schema. */
  dist: string
  /** Takes one line for each beacon and each failure; silent unless given. */
  log?: (line: string) => void
  /** Whether these lines have colour; not unless given. */
  colour?: boolean
}

export interface Demo {
  store: BeaconStore
  index: BeaconIndex
  listener: RequestListener
}

/** Puts the demo together: the store, the index of what is in it, and what answers requests. */
export async function openDemo({ store: file, dist, ...output }: DemoOptions): Promise<Demo> {
  const schema = await readSchema(join(dist, 'payload.schema.json'))
  const index = new BeaconIndex()
  const store = await BeaconStore.open(file, index)
  const routes = inspectorRoutes({ index, file })
  return { store, index, listener: createReceiver({ script: join(dist, 'crum.js'), store, schema, routes, ...output }) }
}

async function readSchema(file: string): Promise<object> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} is missing: npm run build makes it`)
  })
  return JSON.parse(text)
}
