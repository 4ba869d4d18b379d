import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../../src/index.ts'
import type { Arrival } from '../../browser/harness/inbox.ts'
import { loader } from '../../browser/harness/snippet.ts'
import type { Tab } from '../driver/tab.ts'
import { expect, test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { heardAt, hearing } from './hearing.ts'
import { outboxEvents } from './outboxEvents.ts'
import { ticksIn } from './ticksIn.ts'

declare const CRUM: Collector

const html = (before: string, settings: object = {}) =>
  `<!doctype html><title>page</title><script>${hearing()}</script><script>${before}</script>${loader('/rum', { samplingRate: 100, savingMode: false, ...settings })}<p>hello`

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
    await visitor.script(broken)
    const before = at.beacons.length
    await wait(2500)
    const beacons = await at.until((beacons) => beacons.length > before + 10)
    expect(sessions(beacons)).toHaveLength(1)
  },
)

const tick = (visitor: Tab, n: number) => visitor.run((n) => CRUM.addEvent('tick', n), n)

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
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  for (let n = 0; n < 5; n++) {
    await tick(visitor, n)
    await wait(150)
  }
  await tick(visitor, 5)
  await visitor.leave()
  const ticks = () => ticksIn(unique(at.beacons))
  await expect.poll(ticks).toEqual([0, 1, 2, 3, 4, 5])
  expect(sessions(at.beacons)).toHaveLength(1)
  expect(heardAt(at)).toEqual([])
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

const outbox = (visitor: Tab) => visitor.run(outboxEvents)

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
  await other.run(
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
    await visitor.run(
      () =>
        new Promise((resolve) => {
          localStorage.clear()
          indexedDB.deleteDatabase('CRUM').onsuccess = resolve
        }),
    )
  }
  const ticks = () => ticksIn(unique(at.beacons))
  await expect.poll(ticks).toEqual(Array.from({ length: 10 }, (_, n) => n))
  expect(sessions(at.beacons)).toHaveLength(1)
})
