import { once } from 'node:events'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import Database from 'libsql'
import type { Payload } from '../../src/payload/payload.ts'
import { checkPayload } from '../intake/checkPayload.ts'
import { readSchema } from '../intake/payloadSchema.ts'
import { Store, type StoreOptions } from './store.ts'
import type { Arrival } from './storedBeacon.ts'

export interface TransferOptions extends StoreOptions {
  store: string
  dist: string
}

/** Takes the beacons of a file, one a line, into a store, also of one that is in use; says how many, and what was none. */
export async function importBeacons({ store: file, dist, ...options }: TransferOptions, from: string): Promise<string> {
  if (from !== '-' && !existsSync(from)) throw new Error(`There is no file ${from}`)
  const check = checkPayload(await readSchema(dist))
  const store = new Store(file, options)
  const counts = { stored: 0, duplicate: 0, refused: 0 }
  let lines = 0
  let batch: Arrival[] = []
  const write = async () => {
    for (const outcome of await Promise.all(batch.map((arrival) => store.append(arrival)))) counts[outcome]++
    batch = []
  }
  try {
    for await (const line of linesOf(from === '-' ? process.stdin : createReadStream(from))) {
      lines++
      const arrival = arrivalIn(line, check)
      if (arrival) batch.push(arrival)
      else counts.refused++
      if (batch.length === 500) await write()
    }
    await write()
    store.settle(Date.now())
  } finally {
    store.close()
  }
  const { stored, duplicate, refused } = counts
  if (refused > 0 && refused === lines) {
    throw new Error(`${from} has ${lines} lines, and none is a beacon, or what --export writes of one`)
  }
  return `${stored} beacons taken from ${from}, ${duplicate} were there already, ${refused} lines are none`
}

/** Writes the beacons of a store to a file, one a line, as they were at one moment, also of one that is in use. */
export async function exportBeacons({ store: file }: Pick<TransferOptions, 'store'>, to: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`There is no store ${file}`)
  const db = new Database(file)
  const out = to === '-' ? process.stdout : createWriteStream(to, { flags: 'wx' })
  const failed = once(out, 'error').then(([error]) => Promise.reject(error))
  failed.catch(() => {})
  const next = db
    .prepare('SELECT n, received_at, bytes, encoding, payload FROM beacons WHERE n > ? ORDER BY n LIMIT 500')
    .raw()
  db.exec('PRAGMA busy_timeout = 5000')
  db.exec('BEGIN')
  for (let last = -1; ; ) {
    const rows = next.all([last]) as unknown as [number, number, number, string, string][]
    const text = rows.map(([, receivedAt, bytes, encoding, payload]) => {
      const head = JSON.stringify({ receivedAt, bytes, encoding })
      return `${head.slice(0, -1)},"payload":${payload}}\n`
    })
    if (!out.write(text.join(''))) await Promise.race([once(out, 'drain'), failed])
    last = rows.at(-1)?.[0] ?? -1
    if (rows.length < 500) break
  }
  db.exec('COMMIT')
  db.close()
  if (out !== process.stdout) {
    out.end()
    await Promise.race([once(out, 'finish'), failed])
  }
}

function arrivalIn(line: string, check: ReturnType<typeof checkPayload>): Arrival | undefined {
  try {
    const parsed = JSON.parse(line)
    const { receivedAt, bytes, encoding, payload } = (parsed.beacon ? asReceived(parsed, line) : parsed) as Arrival
    const text = JSON.stringify(payload)
    const isWhole = isCount(receivedAt) && isCount(bytes) && ['identity', 'gzip', 'x-gzip', 'br'].includes(encoding)
    return isWhole ? { receivedAt, bytes, encoding, payload: check(text), text } : undefined
  } catch {
    return undefined
  }
}

/** A beacon as it was posted: it came when its last sample ended, as far as anybody knows. */
const asReceived = (payload: Payload, line: string) => ({
  receivedAt: Math.min(Date.now(), Number(payload.session?.lastLoop ?? 0)),
  bytes: Buffer.byteLength(line),
  encoding: 'identity',
  payload,
})

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0

/** Longer than any beacon: a line of this length is none, and is not gathered in memory. */
const longest = 1 << 20

/** The lines of a file. They end at `\n` only: `node:readline` also breaks at U+2028, which JSON allows inside a string. */
async function* linesOf(input: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0)
  for await (const chunk of input) {
    let all = Buffer.concat([rest, Buffer.from(chunk)])
    for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10)) {
      if (end) yield all.toString('utf8', 0, end)
      all = all.subarray(end + 1)
    }
    rest = all.length > longest ? Buffer.from('{') : all
  }
  if (rest.length) yield rest.toString()
}
