import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { posted, stored } from './inspector/stored.ts'
import { openReceiver } from './startReceiver.ts'

const gzipped = { 'content-type': 'text/plain', 'content-encoding': 'gzip' }

/** One for all attacks: whatever came before, it is to go on. */
let receiver: Awaited<ReturnType<typeof openReceiver>>
beforeAll(async () => {
  receiver = await openReceiver()
}, 60_000)
afterAll(() => receiver.close())

/** After an attack: it takes a beacon as before, and stores and shows nothing but this one more. */
async function lives(before: number): Promise<void> {
  const key = `after-${before}`
  expect((await receiver.post(posted({ session: key, key }))).status).toBe(204)
  expect(await count()).toBe(before + 1)
  expect(await receiver.get(`find?beacon=${key}-0`)).toMatchObject({ key, beacons: 1 })
}

const count = async () => (await receiver.reader.ask('totals', undefined)).beacons

describe('refuses with 400 or 413, stores nothing, and lives on: a beacon with', () => {
  const text = 'x'.repeat(65_000)
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  const numbers = JSON.stringify({ ...stored({ metrics: { lcp: 1 } }).payload, more: 2 })
  it.each<[what: string, body: string, reason: RegExp]>([
    ['an id of 300,000 digits', posted({ beacon: { id: '1'.repeat(300_000) } }), /too large/],
    [
      'an id of 60,000 digits',
      posted({ beacon: { id: '1'.repeat(60_000) } }),
      /\/beacon\/id must NOT have more than 100/,
    ],
    ['an id of other characters', posted({ beacon: { id: 'a b' } }), /\/beacon\/id must match pattern/],
    ['an empty session id', posted({ session: '' }), /\/session\/id must match pattern/],
    [
      'a session id of 60,000 characters',
      posted({ session: text.slice(5000) }),
      /\/session\/id must NOT have more than 100/,
    ],
    ['a view name of 60,000 characters', posted({ page: text.slice(5000) }), /\/view\/id must NOT have more than 2001/],
    [
      'a URL of 60,000 characters',
      posted({ view: { href: text.slice(5000) } }),
      /\/view\/href must NOT have more than 8001/,
    ],
    ['a metric that is infinite', numbers.replace('"lcp":1', '"lcp":1e999'), /\/metrics\/lcp must be a finite number/],
    ['a metric of 1e308', numbers.replace('"lcp":1', '"lcp":1e308'), /\/metrics\/lcp must be <= 1/],
    [
      'an infinite number in a field of a newer client',
      numbers.replace('"more":2', '"more":-1e999'),
      /\/more must be a finite/,
    ],
    ['a seq of 1e308', posted().replace('"seq":0', '"seq":1e308'), /\/beacon\/seq must be/],
    ['a seq below zero', posted().replace('"seq":0', '"seq":-1'), /\/beacon\/seq must be >= 0/],
    ['half a seq', posted().replace('"seq":0', '"seq":0.5'), /\/beacon\/seq must be integer/],
    [
      'a start in the year 1e300',
      posted().replace('"startTime":700', '"startTime":1e300'),
      /\/view\/startTime must be/,
    ],
    ['an unknown field that is nested 1,000 deep', posted().replace('{', `{"x":${deep(1000)},`), /nested that deeply/],
    [
      'an unknown field that is nested 32,000 deep',
      posted().replace('{', `{"x":${deep(32_000)},`),
      /nested that deeply/,
    ],
    [
      'a known field that is nested too deeply',
      posted({ view: { events: [{ timeStamp: 1, a: 'X' }] } }).replace('"X"', deep(30_000)),
      /nested that deeply/,
    ],
    [
      'objects that are nested too deeply',
      posted().replace('{', `{"x":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)},`),
      /nested that deeply/,
    ],
    [
      'a list of 10,001 items',
      posted({ view: { fps: Array(10_001).fill(0) as never } }),
      /\/view\/fps must NOT have more than 10000/,
    ],
    [
      'too many drop counters',
      posted({ beacon: { dropped: Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [n, 1])) } }),
      /too large|must NOT have more/,
    ],
  ])('%s', async (_, body, reason) => {
    const before = await count()
    const answer = await receiver.post(body)
    expect([answer.status === 400 || answer.status === 413, await answer.text()]).toEqual([
      true,
      expect.stringMatching(reason),
    ])
    await lives(before)
  })

  it('a wrong type in each of its fields', async () => {
    const before = await count()
    const { payload } = stored({ metrics: { lcp: 1 }, view: { marks: [{ name: 'HE-a', detail: null, startTime: 1 }] } })
    const bodies = fieldsOf(payload).flatMap((path) =>
      [{}, [], true, `${path}`].map((value) => [path, value, replaced(payload, path, value)] as const),
    )
    const wrong = bodies.filter(([path, value]) => !mayBe(path, value))
    expect(wrong.length).toBeGreaterThan(100)
    for (const [path, , body] of wrong)
      expect([path, (await receiver.post(JSON.stringify(body))).status]).toEqual([path, 400])
    await lives(before)
  })

  it('the names of what objects inherit, which stay what they are: names', async () => {
    const before = await count()
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']
    const view = { events: names.map((name, n) => JSON.parse(`{"timeStamp":${n},"${name}":{"polluted":1}}`)) }
    const body = posted({ session: 'constructor', key: 'toString', page: '__proto__', view })
    expect((await receiver.post(body.replace('{', '{"__proto__":{"polluted":1},'))).status).toBe(204)
    expect('polluted' in {}).toBe(false)
    const { n } = await receiver.get('find?beacon=toString-0')
    expect(await receiver.get(`views/${n}/beacons`)).toMatchObject({
      unreadable: 0,
      beacons: [{ payload: { view: { id: '__proto__' } } }],
    })
    const { pages } = await receiver.get('pages?to=500')
    expect(pages.find(({ page }: { page: string }) => page === '__proto__')).toMatchObject({ views: 1 })
    await lives(before + 1)
  })
})

describe('what is small on the wire and large after it', () => {
  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('is refused with 413, and unpacked no further than the limit: %s', async (encoding, pack) => {
    const before = await count()
    const whole = pack(Buffer.alloc(16 << 20, 'x'))
    const broken = Buffer.concat([whole.subarray(0, -10), Buffer.alloc(10, 'x')])
    const answer = await receiver.post(broken, { ...gzipped, 'content-encoding': encoding })
    expect([answer.status, await answer.text()]).toEqual([
      413,
      'A beacon has at most 65536 bytes after unpacking; this one has more\n',
    ])
    await lives(before)
  })

  it('is refused one after the other, without memory being kept', async () => {
    const before = await count()
    const body = gzipSync(posted({ session: 's'.repeat(1 << 20) }))
    for (let n = 0; n < 52; n++) expect((await receiver.post(body, gzipped)).status).toBe(413)
    await lives(before)
  })
})

describe('the inspector is asked', () => {
  it.each([
    ['find?beacon=', 400],
    [`find?beacon=${'1'.repeat(15_000)}`, 400],
    [`find?beacon=${'1-'.repeat(50)}`, 404],
    ['find?beacon=a&beacon=b', 400],
    ['find', 400],
    ['views/1e9', 400],
    ['views/-1', 400],
    ['views/99999999999999999999', 400],
    ['views/__proto__/beacons', 400],
    ['views/77777/beacons', 404],
    ['views/7/beacons?after=x', 400],
    ['sessions?from=-1', 400],
    ['sessions?from=0&to=1e308', 400],
    ['sessions?from[]=1', 200],
    ['pages?from=999999999', 200],
    ['sessions/0/views?to=all', 400],
    [`sessions/${'9'.repeat(400)}/views`, 414],
    ['nothing', 404],
  ])('%s: %i', async (path, status) => {
    const { origin } = receiver
    expect((await fetch(`${origin}/inspector/api/${path}`)).status).toBe(status)
  })

  it('a view of 300 beacons of 64 KiB, which it hands out in parts of about a megabyte', {
    timeout: 60_000,
  }, async () => {
    const { store, origin, reader } = receiver
    const page = { href: 'x'.repeat(8000) }
    const marks = Array.from({ length: 7 }, () => ({ name: 'HE-a', detail: 'y'.repeat(8000), startTime: 1 }))
    await Promise.all(
      Array.from({ length: 300 }, (_, seq) => store.append(stored({ key: 'large', seq, view: { ...page, marks } }))),
    )
    const { n } = (await reader.ask('find', 'large-0')) ?? {}
    let [after, count] = [-1, 0]
    for (let isAll = false; !isAll; ) {
      const text = await (await fetch(`${origin}/inspector/api/views/${n}/beacons?after=${after}`)).text()
      expect(text.length).toBeLessThan(1_100_000)
      const part = JSON.parse(text)
      count += part.beacons.length
      after = part.last
      isAll = part.isAll
    }
    expect(count).toBe(300)
  })
})

describe('the socket', () => {
  it.each<[what: string, text: string]>([
    ['nonsense', `${randomBytes(200).toString('latin1')}\r\n\r\n`],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001'],
    ['a method that is none', 'BREW /rum HTTP/1.1\r\nhost: a\r\n\r\n'],
    ['two lengths', `POST /rum HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ncontent-length: 40\r\n\r\n{}{}`],
    [
      'a length and chunks',
      'POST /rum HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a chunk of a wrong size', 'POST /rum HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['a header of 64 KiB', `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(1 << 16)}\r\n\r\n`],
    ['no host', 'GET /inspector HTTP/1.1\r\n\r\n'],
    ['a path that is none', 'GET * HTTP/1.1\r\nhost: localhost\r\n\r\n'],
    ['a whole URL as a path', 'GET http://evil.example/inspector HTTP/1.1\r\nhost: localhost\r\n\r\n'],
  ])('is told of %s that it is wrong', async (_, text) => {
    const before = await count()
    expect(await sent(receiver.origin, text)).toMatch(/^(HTTP\/1.1 (4\d\d|501) |$)/)
    await lives(before)
  })

  it('may break in the midst of a body, or never go on', async () => {
    const before = await count()
    const head = 'POST /rum HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\ncontent-length: 5000\r\n\r\n{"session":'
    const { hostname, port } = new URL(receiver.origin)
    const open = Array.from({ length: 50 }, () => connect(Number(port), hostname))
    for (const socket of open) socket.write(head)
    await lives(before)
    for (const socket of open) socket.destroy()
    await lives(before + 1)
  })

  it('brings 1,000 posts at once: each is answered, each is stored', { timeout: 60_000 }, async () => {
    const before = await count()
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, n) => receiver.post(posted({ key: `k${n}` }))))
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1000)
    expect(await count()).toBe(before + 1000)
  })
})

describe('what a page of another site gets', () => {
  it.each(['/inspector', '/', '/inspector/api/sessions', '/inspector/api/views/0/beacons'])(
    'is no answer that it may read from %s, nor one in a frame of its own',
    { timeout: 60_000 },
    async (path) => {
      const { origin, post } = receiver
      await post(posted())
      const answer = await fetch(origin + path, { headers: { origin: 'https://evil.example' } })
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      const policy = answer.headers.get('content-security-policy') ?? ''
      expect(path.includes('/api/') || /frame-ancestors '(self|none)'/.test(policy)).toBe(true)
    },
  )
})

/** The paths of all values that are no objects. */
function fieldsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([name, inside]) => fieldsOf(inside, [...path, name]))
}

function replaced(value: unknown, [name, ...rest]: string[], by: unknown): unknown {
  if (name === undefined) return by
  const inside = replaced((value as Record<string, unknown>)[name], rest, by)
  return Array.isArray(value) ? value.with(Number(name), inside) : { ...(value as object), [name]: inside }
}

/** Texts may be any text, a mark's detail anything, and a charging device charging. */
function mayBe(path: string[], value: unknown): boolean {
  const last = path.at(-1) as string
  const texts = [
    'id',
    'href',
    'protocol',
    'host',
    'hostname',
    'port',
    'pathname',
    'search',
    'hash',
    'origin',
    'referer',
  ]
  const others = ['browser', 'browserVersion', 'ua', 'platform', 'version', 'name']
  if (last === 'detail' || (last === 'charging' && value === true)) return true
  return typeof value === 'string' && [...texts, ...others].includes(last) && !(last === 'id' && path[0] !== 'view')
}

/** What comes back for these bytes, until the connection ends, or for a while. */
function sent(origin: string, text: string): Promise<string> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.end(text, 'latin1'))
    socket.setTimeout(3000, () => socket.destroy())
    socket.on('data', (data) => {
      answer += data
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}
