import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { Reader } from '../../../demo/store/reader.ts'
import { Store, type StoreOptions } from '../../../demo/store/store.ts'
import { stored } from '../inspector/stored.ts'
import { schema, temporaryFolder } from '../startReceiver.ts'
import { storedIn } from '../storedIn.ts'

async function open(options: StoreOptions) {
  const file = join(await temporaryFolder(), 'crum.db')
  const lines: string[] = []
  const store = new Store(file, { log: (line) => lines.push(line), ...options })
  const reader = new Reader({ file, schema })
  onTestFinished(async () => {
    await reader.close()
    store.close()
  })
  return { file, store, lines, ask: reader.ask.bind(reader) }
}
const large = { href: 'x'.repeat(5000) }

it('deletes the oldest sessions, whole, when the store is larger than it may be, and says so once', {
  timeout: 60_000,
}, async () => {
  const maxSize = 2_000_000
  const { file, store, lines, ask } = await open({ maxSize })
  for (let n = 0; n < 500; n++) {
    const told = { session: `s${n}`, key: `k${n}`, view: large }
    await Promise.all([0, 1, 2].map((seq) => store.append(stored({ ...told, seq }))))
  }
  expect(store.used).toBeLessThan(maxSize * 1.05)
  const totals = await ask('totals', undefined)
  expect(totals.firstSession).toBeGreaterThan(200)
  expect(totals.firstSession + totals.sessions).toBe(500)
  expect(
    storedIn(file)
      .map(({ payload }) => payload.session.id)
      .at(-1),
  ).toBe('s499')
  expect(totals).toMatchObject({ beacons: totals.sessions * 3, views: totals.sessions, bytes: totals.beacons * 100 })
  expect(storedIn(file)).toHaveLength(totals.beacons)
  expect(await ask('sessions', { from: 0, to: totals.firstSession })).toEqual([])
  expect(lines).toEqual([
    expect.stringContaining('reached 2000000 bytes (--max-size): from now on the oldest sessions'),
  ])
})

it('deletes a session of very many beacons bit by bit, and goes on taking others', { timeout: 60_000 }, async () => {
  const { store, ask } = await open({ maxSize: 2_000_000 })
  for (let n = 0; n < 600; n++) await store.append(stored({ seq: n, view: large }))
  const { beacons, sessions } = await ask('totals', undefined)
  expect(sessions).toBe(1)
  expect(beacons).toBeGreaterThan(100)
  expect(beacons).toBeLessThan(600)
  expect((await ask('view', 0))?.view.beacons).toBe(beacons)
})

it('deletes sessions whose first beacon is too old', { timeout: 60_000 }, async () => {
  const { store, ask } = await open({ maxAge: 1000 })
  for (let n = 0; n < 10; n++) await store.append(stored({ session: `s${n}`, key: `k${n}`, at: n * 500 }))
  await store.expire(4000)
  expect(await ask('totals', undefined)).toMatchObject({ firstSession: 6, sessions: 4, views: 4, beacons: 4 })
  await store.expire(1e9)
  expect(await ask('totals', undefined)).toMatchObject({
    firstSession: 10,
    newestView: -1,
    sessions: 0,
    beacons: 0,
    bytes: 0,
  })
  expect(await store.append(stored({ session: 's1', key: 'k1' }))).toBe('stored')
  expect(await ask('totals', undefined)).toMatchObject({ firstSession: 10, newestView: 10, sessions: 1 })
})

it('deletes what waits for a collector last, counts it, and says so once', { timeout: 60_000 }, async () => {
  const maxSize = 2_000_000
  const { file, store, lines, ask } = await open({ maxSize, forwards: true })
  const append = (n: number) => store.append(stored({ session: `s${n}`, key: `k${n}`, view: large }))
  for (let n = 0; n < 100; n++) await append(n)
  const { run } = await ask('totals', undefined)
  // the oldest have not been acknowledged by this number alone: it is the first that waits
  store.acknowledge({ run, next: 60, refused: 0 })
  const sessions = () => storedIn(file).map(({ payload }) => Number(payload.session.id.slice(1)))
  let next = 100
  while (sessions()[0] !== 60) await append(next++)
  expect(store.queue).toMatchObject({ waiting: next - 60, deleted: 0 })
  expect(lines).toHaveLength(1)

  for (const end = next + 50; next < end; next++) await append(next)
  const { deleted = 0, waiting } = store.queue ?? {}
  expect(deleted).toBeGreaterThan(20)
  expect(sessions()).toEqual(Array.from({ length: next - 60 - deleted }, (_, n) => 60 + deleted + n))
  expect(waiting).toBe(sessions().length)
  expect(lines.slice(1)).toEqual([
    expect.stringContaining('beacons are deleted that the collector has not acknowledged'),
  ])
  expect(await ask('totals', undefined)).toMatchObject({ beacons: waiting, sessions: waiting, views: waiting })
})

it('deletes of a session what a collector has acknowledged, and keeps the rest of it', {
  timeout: 60_000,
}, async () => {
  const { file, store, ask } = await open({ maxSize: 2_000_000, forwards: true })
  for (let n = 0; n < 100; n++) await store.append(stored({ seq: n, view: large }))
  const { run } = await ask('totals', undefined)
  store.acknowledge({ run, next: 50, refused: 0 })
  const oldest = () => storedIn(file)[0]?.payload.beacon.seq
  for (let n = 100; oldest() !== 50; n++) await store.append(stored({ seq: n, view: large }))

  expect(store.queue?.deleted).toBe(0)
  expect(await ask('totals', undefined)).toMatchObject({ sessions: 1, views: 1, beacons: storedIn(file).length })
})
