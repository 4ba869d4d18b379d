import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Payload } from '../../src/payload/payload.ts'
import { generateBeacons } from '../demo/generateBeacons.ts'
import { ExampleReceiver, example } from './exampleReceiver.ts'
import { snippets } from './snippets.ts'

/** As many beacons as asked for, as visitors of a shop send them. */
const beacons = (count: number): Payload[] =>
  Array.from(
    { length: count },
    (
      (all) => () =>
        all.next().value.payload
    )(generateBeacons()),
  )
const [one, two, three] = beacons(3).map((payload) => JSON.stringify(payload)) as [string, string, string]

async function start() {
  const folder = await mkdtemp(join(tmpdir(), 'crum-script-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const script = join(folder, 'crum.js')
  await writeFile(script, '// the script\n')
  return ExampleReceiver.start(script)
}

const stored = async (receiver: ExampleReceiver) =>
  (await receiver.stored()).map(({ payload }) => JSON.stringify(payload))

describe('the receiver of docs/receiver.md', { timeout: 30_000 }, () => {
  test('has under 40 lines, and needs nothing but Node', () => {
    expect(example().trimEnd().split('\n').length).toBeLessThan(40)
    expect([...example().matchAll(/^import .* from '(.*)'$/gm)].every(([, name]) => name?.startsWith('node:'))).toBe(
      true,
    )
  })

  test('stores a beacon, and says that it takes gzip', async () => {
    const receiver = await start()
    const before = Date.now()
    const answer = await receiver.post(one)
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([204, 'gzip'])
    expect(await receiver.stored()).toEqual([
      { receivedAt: expect.any(Number), bytes: Buffer.byteLength(one), encoding: 'identity', payload: JSON.parse(one) },
    ])
    expect((await receiver.stored())[0]?.receivedAt).toBeGreaterThanOrEqual(before)
  })

  test('takes gzip, and JSON under its own type', async () => {
    const receiver = await start()
    const zip = gzipSync(one)
    expect((await receiver.post(zip, {}, '?encoding=gzip')).status).toBe(204)
    expect((await receiver.post(two, { 'content-type': 'application/json' })).status).toBe(204)
    expect(await stored(receiver)).toEqual([one, two])
    expect((await receiver.stored())[0]).toMatchObject({ bytes: zip.length, encoding: 'gzip' })
  })

  test('drops a repeated id, also after a kill', async () => {
    const receiver = await start()
    for (const body of [one, two, one]) expect((await receiver.post(body)).status).toBe(204)
    await receiver.kill()
    await receiver.restart()
    for (const body of [two, three, one]) expect((await receiver.post(body)).status).toBe(204)
    expect(await stored(receiver)).toEqual([one, two, three])
  })

  test('outlives half a line, whose beacon comes again', async () => {
    const receiver = await start()
    await receiver.post(one)
    await receiver.kill()
    await appendFile(receiver.file, `{"receivedAt":1,"payload":${two.slice(0, -1)}`)
    await receiver.restart()
    await receiver.post(two)
    await receiver.post(three)
    expect(await stored(receiver)).toEqual([one, two, three])
  })

  test.for([
    ['what is no JSON', 'nonsense', '', 400],
    ['JSON that is no beacon', '{}', '', 400],
    ['an id that is none', '{"beacon":{"id":"a b"}}', '', 400],
    ['what is no gzip', one, '?encoding=gzip', 400],
    ['a body of more than 1 MiB', `"${'x'.repeat(2 ** 20)}"`, '', 413],
    ['what unpacks to more than 1 MiB', gzipSync(`"${'x'.repeat(2 ** 20)}"`), '?encoding=gzip', 413],
  ] as const)('refuses %s, and goes on', async ([, body, query, status]) => {
    const receiver = await start()
    const answer = await receiver.post(body as RequestInit['body'], {}, query)
    expect(answer.status).toBe(status)
    // or a page of another origin could not read that it is refused
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect((await receiver.post(one)).status).toBe(204)
    expect(await stored(receiver)).toEqual([one])
  })

  test('answers 503 where it can not store, and stores what comes again', async () => {
    const receiver = await start()
    await receiver.post(one)
    await rm(receiver.file)
    await mkdir(receiver.file)
    expect((await receiver.post(two)).status).toBe(503)
    await rm(receiver.file, { recursive: true })
    expect((await receiver.post(two)).status).toBe(204)
    expect(await stored(receiver)).toEqual([two])
  })

  test('serves the script, and 304 to those who have it', async () => {
    const receiver = await start()
    const answer = await fetch(`${receiver.url}?v=1`)
    const etag = answer.headers.get('etag') as string
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript',
      'cache-control': 'max-age=3600',
      'access-control-allow-origin': '*',
      etag: expect.stringMatching(/^".{43}"$/),
    })
    expect(await answer.text()).toBe('// the script\n')
    const again = await fetch(receiver.url, { headers: { 'if-none-match': etag }, cache: 'no-store' })
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, ''])
    expect((await fetch(new URL('/', receiver.url))).status).toBe(404)
  })
})

test('the percentile of docs/receiver.md is that of the LCPs in the file, by landing page', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'crum-percentile-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const line = (view: string, seq: number, page: string, lcp?: number) =>
    JSON.stringify({ payload: { view: { id: page }, metrics: { lcp }, beacon: { id: `1-${view}-${seq}`, seq } } })
  const lines = [
    ...[100, 300, 200, 400].map((lcp, view) => line(`v${view}`, 0, '/', lcp)),
    // told again, out of order, and after a route change
    ...[line('w', 2, '/route', 900), line('w', 0, '/shop'), line('w', 1, '/shop', 700), line('x', 0, '/empty')],
  ]
  await writeFile(join(folder, 'beacons.ndjson'), lines.map((text) => `${text}\n`).join(''))
  await writeFile(join(folder, 'p75.mjs'), snippets('receiver.md', 'js').at(-1)?.code ?? '')
  const said = execFileSync(process.execPath, ['p75.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(said.trim().split('\n')).toEqual(['/ p75 300 ms of 4', '/shop p75 900 ms of 1'])
})
