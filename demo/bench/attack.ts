/**
 * `npm run attack [-- SECONDS]`, after a build: hostile requests for a minute against a receiver in a process of its own:
 * payloads that are shaped as the schema has them, mutated ones, and bytes on raw sockets. It fails if the receiver ends, if
 * an answer is 5xx or none comes within ten seconds, if what was taken is not stored or can't be shown, or if its memory grows beyond bounds.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { stored } from '../../test/demo/inspector/stored.ts'
import { storedIn } from '../../test/demo/storedIn.ts'
import { DemoProcess } from './process.ts'

const seconds = Number(process.argv[2] ?? 60)
const folder = await mkdtemp(join(tmpdir(), 'crum-attack-'))
const file = join(folder, 'crum.db')
const demo = await DemoProcess.start(file)
const taken = new Set<string>()
const answers = new Map<number, number>()

/** Whatever JSON can say, and what it can't: numbers without end, names that objects inherit, halves of characters. */
const names = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'length', ''),
  fc.string({ unit: 'binary' }),
)
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\u0000', '\ud800', '<script>', "'; DROP TABLE beacons; --", '../../etc/passwd', '\x1b[2J'),
  fc.nat({ max: 70_000 }).map((length) => '1'.repeat(length)),
)
const numbers = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e308, -1e308, 2 ** 53, -0, 1e-320))
const { any } = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    ...[fc.constantFrom(null, true, false), numbers, texts],
    ...[fc.array(tie('any'), { maxLength: 5 }), fc.dictionary(names, tie('any'), { maxKeys: 5 })],
  ),
}))

/** A beacon in which some values, at any place, are others. */
const mutated = fc
  .record({
    key: fc.uuid(),
    places: fc.array(fc.nat(), { maxLength: 3 }),
    values: fc.array(any, { minLength: 3, maxLength: 3 }),
  })
  .map(({ key, places, values }) => {
    const { payload } = stored({ key, metrics: { lcp: 1 }, view: { events: [{ timeStamp: 1, a: { b: [1] } }] } })
    for (const [n, place] of places.entries()) mutate(payload as never, place, values[n])
    return JSON.stringify(payload)
  })
/** The same as text, with pieces taken out, doubled, or put in. */
const torn = fc
  .tuple(mutated, fc.nat(), fc.nat({ max: 200 }), fc.constantFrom('', '{"a":', '[[[[', '1e999', '\u0000', ',', '"'))
  .map(([text, at, length, piece]) => text.slice(0, at % text.length) + piece + text.slice((at % text.length) + length))
const bodies = fc.oneof(mutated, torn, fc.json(), fc.string({ unit: 'binary', maxLength: 5000 }))
const ways = fc.constantFrom('plain', 'gzip', 'gzip that is none', 'cut gzip')
const paths = fc.oneof(
  fc.constantFrom(
    '/inspector/api/find?beacon=',
    '/inspector/api/views/',
    '/inspector/api/sessions?from=',
    '/shop/',
    '/slow/',
  ),
  fc.constantFrom('/inspector/api/pages?to=', '/inspector/api/views/0/beacons?after=', '/', '/rum?encoding='),
)

const end = performance.now() + seconds * 1000
try {
  await Promise.all([...Array.from({ length: 6 }, posts), ...Array.from({ length: 2 }, asks), sockets()])
  await judge()
} finally {
  await demo.stop()
  await rm(folder, { recursive: true })
}

async function posts(): Promise<void> {
  while (performance.now() < end) {
    for (const [body, way] of fc.sample(fc.tuple(bodies, ways), 20)) {
      const packed =
        way === 'gzip' || way === 'cut gzip' ? gzipSync(body).subarray(0, way === 'gzip' ? undefined : -9) : body
      const query = way === 'plain' ? '' : '?encoding=gzip'
      const status = await answered('POST', `/rum${query}`, packed)
      if (status === 204) taken.add(JSON.parse(body).beacon.id)
    }
  }
}

async function asks(): Promise<void> {
  while (performance.now() < end) {
    for (const [path, rest] of fc.sample(fc.tuple(paths, texts), 20)) {
      await answered('GET', path + encodeURIComponent(Buffer.from(rest).toString().slice(0, 10_000)))
    }
  }
}

async function answered(method: string, path: string, body?: string | Uint8Array): Promise<number> {
  const options = {
    method,
    ...(body !== undefined && { body: body as BodyInit, headers: { 'content-type': 'text/plain' } }),
  }
  const answer = await fetch(demo.origin + path, { ...options, signal: AbortSignal.timeout(10_000) })
  await answer.arrayBuffer()
  answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1)
  if (answer.status >= 500)
    throw new Error(`${method} ${path.slice(0, 200)} was answered with ${answer.status}: ${String(body).slice(0, 500)}`)
  return answer.status
}

/** Bytes of any kind, heads that are nearly right, and connections that end anywhere. */
async function sockets(): Promise<void> {
  const heads = fc.constantFrom(
    'POST /rum HTTP/1.1\r\n',
    'GET /inspector/api/stream HTTP/1.1\r\nhost: localhost\r\n',
    'GET / HTTP/1.1\r\n',
    '',
  )
  const lines = fc.constantFrom(
    'content-length: 9\r\n',
    'transfer-encoding: chunked\r\n',
    'host: a\r\n',
    'expect: 100-continue\r\n',
    '\r\n',
  )
  const bytes = fc.uint8Array({ maxLength: 500 })
  while (performance.now() < end) {
    for (const [head, more, rest] of fc.sample(fc.tuple(heads, fc.array(lines, { maxLength: 4 }), bytes), 20)) {
      await new Promise((resolve) => {
        const socket = connect(demo.port, '127.0.0.1', () => {
          socket.write(head + more.join(''))
          socket.write(rest)
          setTimeout(() => socket.destroy(), 20)
        })
        socket
          .on('error', () => {})
          .on('close', resolve)
          .resume()
      })
    }
  }
}

/** What was taken is there, once, and the inspector shows all of it. */
async function judge(): Promise<void> {
  const ids = storedIn(file).map(({ payload }) => payload.beacon.id)
  const lost = [...taken].filter((id) => !ids.includes(id))
  if (lost.length || new Set(ids).size !== ids.length)
    throw new Error(`Of ${taken.size} beacons ${lost.length} are not stored`)
  const ask = async (path: string) => {
    const answer = await fetch(`${demo.origin}/inspector/api/${path}`)
    if (!answer.ok) throw new Error(`${path} of what was taken: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const views = [
    ...new Set((await Promise.all([...taken].slice(0, 500).map((id) => ask(`find?beacon=${id}`)))).map(({ n }) => n)),
  ]
  const parts = await Promise.all(views.map((n) => ask(`views/${n}/beacons`)))
  const unreadable = parts.reduce((sum, part) => sum + part.unreadable, 0)
  const { now, most } = demo.memory
  console.log(
    `${[...answers].map(([status, count]) => `${count} × ${status}`).join(', ')}; ${taken.size} taken, ${ids.length} stored, ${unreadable} can't be shown`,
  )
  console.log(`memory ${now} MiB, at most ${most} MiB`)
  if (unreadable) throw new Error(`${unreadable} beacons were taken that can not be shown`)
  if (most > 400) throw new Error(`The receiver took ${most} MiB`)
}

/** Puts a value at one of the places inside another. */
function mutate(target: Record<string, unknown>, place: number, value: unknown): void {
  const keys = Object.keys(target)
  const key = keys[place % keys.length] as string
  const inside = target[key]
  const rest = Math.floor(place / keys.length)
  if (typeof inside === 'object' && inside !== null && Object.keys(inside).length && rest % 4 !== 3) {
    mutate(inside as Record<string, unknown>, rest, value)
  } else target[rest % 3 === 2 ? `x${rest}` : key] = value
}
