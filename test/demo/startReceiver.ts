import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { BeaconStore, type StoredBeacon, type Watcher } from '../../demo/beaconStore.ts'
import { listen } from '../../demo/listen.ts'
import { createReceiver, type ReceiverOptions } from '../../demo/receiver.ts'

/** What the script's file holds in these tests. */
export const code = `console.log('${'crum '.repeat(200)}')\n`

/** As much of the payload's schema as these tests need. */
export const schema = {
  type: 'object',
  required: ['session', 'view', 'beacon'],
  properties: {
    session: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
    view: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, events: { type: 'array', items: { $ref: '#/definitions/json' } } },
    },
    beacon: {
      type: 'object',
      required: ['id', 'seq', 'reason'],
      properties: { id: { type: 'string' }, seq: { type: 'integer' }, reason: { enum: ['sample', 'entries'] } },
    },
  },
  definitions: { json: { anyOf: [{ type: 'string' }, { type: 'array', items: { $ref: '#/definitions/json' } }] } },
}

/** A receiver on a free port, with a folder of its own; both are gone after the test. */
export async function startReceiver(options: Partial<ReceiverOptions> & { file?: string; watcher?: Watcher } = {}) {
  const folder = await temporaryFolder()
  const script = join(folder, 'crum.js')
  await writeFile(script, code)
  await writeFile(`${script}.map`, '{"version":3}')
  await writeFile(join(folder, 'crum.licenses.md'), '# Licences')

  const file = options.file ?? join(folder, 'store', 'beacons.ndjson')
  const store = await BeaconStore.open(file, options.watcher)
  const lines: string[] = []
  const server = createServer(createReceiver({ script, store, schema, log: (line) => lines.push(line), ...options }))
  const origin = await listen(server, 0, '127.0.0.1')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await store.close()
  })

  return {
    origin,
    folder,
    script,
    store,
    /** What was logged. */
    lines,
    post: (body: RequestInit['body'], headers: Record<string, string> = { 'content-type': 'text/plain' }, query = '') =>
      fetch(`${origin}/rum${query}`, { method: 'POST', body, headers }),
    stored: () => readStored(file),
  }
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crum-demo-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function readStored(file: string): Promise<StoredBeacon[]> {
  const lines = (await readFile(file, 'utf8')).split('\n')
  return lines.filter(Boolean).map((line) => JSON.parse(line))
}

/** A beacon as JSON, by default with an id of its own. */
export function beacon(id: string = crypto.randomUUID(), more: object = {}): string {
  return JSON.stringify({
    session: { id: '3f2a9c1e-0000-4000-8000-000000000000' },
    view: { id: '/candle', ...more },
    beacon: { id, seq: 0, reason: 'sample', version: '0.0.0' },
  })
}
