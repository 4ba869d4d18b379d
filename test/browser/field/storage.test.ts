import type { Page } from 'playwright'
import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import type { Arrival } from '../harness/inbox.ts'
import { loader } from '../harness/snippet.ts'

declare const CRUM: Collector

const html = (before: string, settings: object = {}) =>
  `<!doctype html><title>page</title><script>${before}</script>${loader('/rum', { samplingRate: 100, savingMode: false, ...settings })}<p>hello`

const old = `const past = Date.now() - 1e6
  localStorage.CRUM = JSON.stringify({ id: '00000000-0000-4000-8000-000000000000', startTime: past, lastLoop: past, duration: 0 });`

const unwritable: [string, string][] = Object.entries({
  'is full': "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };",
  'takes nothing, and says nothing': 'Storage.prototype.setItem = () => {};',
})

const sessions = (beacons: Arrival[]) => [...new Set(beacons.map(({ payload }) => payload.session.id))]

test.for(unwritable)(
  'has one session a visit where an old one can be read and not overwritten: storage %s',
  async ([, broken], { site, tab }) => {
    const at = await site({ '/': html(old + broken) })
    await tab(at.url('/'))
    const beacons = await at.until((beacons) => beacons.length > 5)
    expect(sessions(beacons)).toHaveLength(1)
    expect(sessions(beacons)).not.toContain('00000000-0000-4000-8000-000000000000')
  },
)

test.for(unwritable)(
  'keeps its session after storage can not be written any more during the visit: it %s',
  async ([, broken], { site, tab }) => {
    // of sessions that are over after a second
    const at = await site({ '/': html('', { newSessionAfter: 1 }) })
    const visitor = await tab(at.url('/'))
    await at.until((beacons) => beacons.length > 2)
    await visitor.evaluate(broken)
    const before = at.beacons.length
    await visitor.waitForTimeout(2500)
    const beacons = await at.until((beacons) => beacons.length > before + 10)
    expect(sessions(beacons)).toHaveLength(1)
  },
)

const tick = (visitor: Page, n: number) => visitor.evaluate((n) => CRUM.addEvent('tick', n), n)

test.for([
  [
    'a database that opens and commits nothing',
    'IDBTransaction.prototype.commit = () => {}; const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...given) { const again = () => { this.get(1).onsuccess = again }; again(); return put.apply(this, given) }',
  ],
  ['a database that never opens', 'IDBFactory.prototype.open = () => ({})'],
  ['a database that throws', "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }"],
  ['Web Locks that never come', 'LockManager.prototype.request = () => new Promise(() => {})'],
  ['Web Locks that nobody may get', "Object.defineProperty(navigator, 'locks', { get() { throw new Error('no') } })"],
  ['Web Locks that throw', "LockManager.prototype.request = () => { throw new TypeError('no') }"],
] as const)('delivers all, once, beside %s', async ([, broken], { site, tab }) => {
  const at = await site({ '/': html(broken, { savingMode: true }) })
  const visitor = await tab()
  const failures: string[] = []
  visitor.on('pageerror', ({ message }) => failures.push(message))
  await visitor.goto(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  for (let n = 0; n < 5; n++) {
    await tick(visitor, n)
    await visitor.waitForTimeout(150)
  }
  await tick(visitor, 5)
  await visitor.close()
  const ticks = () => at.beacons.flatMap(({ payload }) => payload.view.events ?? []).map(({ tick }) => tick)
  await expect.poll(ticks).toEqual([0, 1, 2, 3, 4, 5])
  expect(sessions(at.beacons)).toHaveLength(1)
  expect(failures).toEqual([])
})

test.for([
  ['texts of its own', { user: 'ann', version: 2 }, true],
  ['times that are no integers', { startTime: 1.5, lastLoop: `${Date.now()}` }, false],
  ['an id that is none', { id: `00000000-${'x'.repeat(70_000)}` }, false],
] as const)(
  'tells of a stored session what is its own, and nothing that a page has put there: %s',
  async ([, more, isKept], { site, tab }) => {
    const id = '00000000-0000-4000-8000-000000000000'
    const now = Date.now()
    const stored = JSON.stringify({ id, startTime: now - 1000, lastLoop: now, duration: 'long', ...more })
    const at = await site({ '/': html(`localStorage.CRUM = ${JSON.stringify(stored)}`) })
    await tab(at.url('/'))
    const [beacon] = await at.until((beacons) => beacons.length > 0)
    const session = beacon?.payload.session
    expect(session).toEqual({
      id: isKept ? id : expect.stringMatching(/^[\da-f-]{36}$/),
      startTime: expect.any(Number),
      lastLoop: expect.any(Number),
      duration: 0,
    })
    expect(session?.id === id).toBe(isKept)
  },
)

/** The events in the outbox, as a page of the origin sees them; it makes no database. */
const outbox = (visitor: Page): Promise<number[]> =>
  visitor.evaluate(async () => {
    const known = await indexedDB.databases()
    if (!known.some(({ name }) => name === 'CRUM')) return []
    return new Promise<number[]>((resolve) => {
      const opening = indexedDB.open('CRUM')
      opening.onsuccess = () => {
        const db = opening.result
        const asking = db.transaction('beacons').objectStore('beacons').getAll()
        asking.onsuccess = () => {
          db.close()
          const events = asking.result.flatMap(({ body }) => JSON.parse(body).view.events ?? [])
          resolve(events.map(({ tick }) => tick).sort())
        }
      }
    })
  })

test('stores again what waits when the data of its site were cleared, and is stored again after that', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': html('') })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  at.answer = () => 'hang'
  const cdp = await visitor.context().newCDPSession(visitor)
  for (let n = 0; n < 3; n++) {
    await tick(visitor, n)
    const expected = Array.from({ length: n + 1 }, (_, n) => n)
    await expect.poll(() => outbox(visitor)).toEqual(expected)
    await cdp.send('Storage.clearDataForOrigin', { origin: at.origin, storageTypes: 'all' })
    await expect.poll(() => outbox(visitor)).toEqual(expected)
  }
})

test('stores again what waits when somebody has deleted the outbox while the page was hidden', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': html(''), '/other': '<p>other' })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  at.answer = () => 'hang'
  await tick(visitor, 0)
  const other = await tab(at.url('/other'))
  await expect.poll(() => outbox(other)).toEqual([0])
  await other.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('CRUM').onsuccess = resolve
      }),
  )
  await tick(visitor, 1)
  await expect.poll(() => outbox(other)).toEqual([0, 1])
})

test('keeps no page from deleting the outbox, and loses nothing', async ({ site, tab }) => {
  const at = await site({ '/': html('') })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  for (let n = 0; n < 10; n++) {
    await tick(visitor, n)
    await visitor.evaluate(
      () =>
        new Promise((resolve) => {
          localStorage.clear()
          indexedDB.deleteDatabase('CRUM').onsuccess = resolve
        }),
    )
  }
  const ticks = () => at.beacons.flatMap(({ payload }) => payload.view.events ?? []).map(({ tick }) => tick)
  await expect.poll(ticks).toEqual(Array.from({ length: 10 }, (_, n) => n))
  expect(sessions(at.beacons)).toHaveLength(1)
})
