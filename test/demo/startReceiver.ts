import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { GuardOptions } from '../../demo/guard/guard.ts'
import type { PayloadSchema } from '../../demo/intake/payloadSchema.ts'
import { listen } from '../../demo/listen.ts'
import { createReceiver } from '../../demo/receiver.ts'
import { Reader } from '../../demo/store/reader.ts'
import { Store, type StoreOptions } from '../../demo/store/store.ts'
import type { StoredBeacon } from '../../demo/store/storedBeacon.ts'
import { payloadSchema } from '../../scripts/schema.ts'
import { storedIn } from './storedIn.ts'

/** What the script's file holds in these tests. */
export const code = `console.log('${'crum '.repeat(200)}')\n`

/** The schema of a beacon, as a build writes it. */
export const schema = payloadSchema() as PayloadSchema

export interface StartOptions extends StoreOptions {
  file?: string
  access?: GuardOptions
  host?: string
}

/** A receiver on a free port, with a folder of its own; both are gone after the test. */
export async function startReceiver(options: StartOptions = {}) {
  const receiver = await openReceiver(options)
  onTestFinished(receiver.close)
  return receiver
}

/** The same, until it is closed. */
export async function openReceiver({ access, host = '127.0.0.1', ...options }: StartOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'crum-demo-'))
  const script = join(folder, 'crum.js')
  await writeFile(script, code)
  await writeFile(`${script}.map`, '{"version":3}')
  await writeFile(join(folder, 'crum.licenses.md'), '# Licences')

  const file = options.file ?? join(folder, 'store', 'crum.db')
  const lines: string[] = []
  const refusals: string[] = []
  const log = (line: string) => lines.push(line)
  const store = new Store(file, { log, ...options })
  const reader = new Reader({ file, schema })
  const app = await createReceiver({
    ...{ script, schema, reader, log },
    access: access ?? { token: 'a token for these tests' },
    append: (beacon) => store.append(beacon),
    problem: () => store.problem?.message,
    refused: (status, reason) => refusals.push(`${status} ${reason}`),
  })
  const origin = (await listen(app, 0, host)).replace('localhost', '127.0.0.1')
  return {
    close: async () => {
      app.server.closeAllConnections()
      await app.close()
      await reader.close()
      store.close()
      await rm(folder, { recursive: true, force: true })
    },
    ...{ origin, folder, script, store, reader, app, file },
    /** What was logged, and what was refused. */
    ...{ lines, refusals },
    post: (body: RequestInit['body'], headers: Record<string, string> = { 'content-type': 'text/plain' }, query = '') =>
      fetch(`${origin}/rum${query}`, { method: 'POST', body, headers }),
    stored: async (): Promise<StoredBeacon[]> => storedIn(file),
    get: async (path: string) => (await fetch(`${origin}/inspector/api/${path}`)).json(),
  }
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crum-demo-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
