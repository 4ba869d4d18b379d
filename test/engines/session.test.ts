import { setTimeout as wait } from 'node:timers/promises'
import type { Collector, Payload } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import type { Site } from '../browser/harness/site.ts'
import { expect, test } from './engineTest.ts'
import { drawing, page } from './shop.ts'

declare const CRUM: Collector
declare const uncaught: string[]

const isAt =
  (path: string) =>
  ({ payload }: Arrival) =>
    payload.view.pathname === path

/** Waits for a page, and tells the first beacon that has come from there. */
async function firstOf(shop: Site, path: string): Promise<Payload> {
  const beacons = await shop.until((beacons) => beacons.some(isAt(path)))
  return beacons.find(isAt(path))?.payload as Payload
}

const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)

test('keeps a session over pages and tabs', async ({ site, tab }) => {
  const shop = await site({ '/': page({ body: '<a href="/other">other</a>' }), '/other': page(), '/third': page() })
  const visitor = await tab(shop.url('/'))
  const first = await firstOf(shop, '/')
  await visitor.click('a')
  const second = await firstOf(shop, '/other')
  await tab(shop.url('/third'))
  const third = await firstOf(shop, '/third')
  expect(first.session).toMatchObject({ id: uuid, duration: 0 })
  for (const { session } of [second, third]) {
    expect(session).toMatchObject({ id: first.session.id, startTime: first.session.startTime })
    expect(session.lastLoop).toBeGreaterThanOrEqual(first.session.lastLoop)
  }
})

test.for([
  ['begins another session where the last loop is older than newSessionAfter', 301, false],
  ['goes on with the session where the last loop is younger than that', 200, true],
] as const)('%s', async ([, age, goesOn], { site, tab }) => {
  const shop = await site({ '/': page(), '/blank': 'blank', '/later': page() })
  const visitor = await tab(shop.url('/'))
  const first = await firstOf(shop, '/')
  await visitor.go(shop.url('/blank'))
  await visitor.run((age) => {
    const session = JSON.parse(localStorage.getItem('CRUM') ?? '')
    const past = age * 1000
    localStorage.setItem(
      'CRUM',
      JSON.stringify({ ...session, startTime: session.startTime - past, lastLoop: Date.now() - past }),
    )
  }, age)
  await visitor.go(shop.url('/later'))
  const later = await firstOf(shop, '/later')
  expect(later.session.id === first.session.id).toBe(goesOn)
  expect(later.session).toMatchObject({ id: uuid })
  // minutes since it began
  expect(later.session.duration).toBe(goesOn ? Math.floor(age / 60) : 0)
})

test.for(['not JSON', '{}', 'null', '{"id":7,"startTime":"now"}'])(
  'begins a session where the storage holds %s',
  async (text, { site, tab }) => {
    const head = `<script>localStorage.setItem('CRUM', ${JSON.stringify(text)})</script>`
    const shop = await site({ '/': page({ head }) })
    await tab(shop.url('/'))
    const { session } = await firstOf(shop, '/')
    expect(session).toMatchObject({ id: uuid, startTime: expect.any(Number), duration: 0 })
  },
)

test.for([
  [
    'throws at each call',
    "for (const name of ['getItem', 'setItem', 'removeItem']) Storage.prototype[name] = () => { throw new Error('blocked') }",
  ],
  [
    'throws when it is touched',
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })",
  ],
  ['is not there', "Object.defineProperty(window, 'localStorage', { value: null })"],
  ['is full', "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"],
] as const)('collects with a session of the page where the storage %s', async ([, block], { site, tab }) => {
  const shop = await site({ '/': page({ head: `<script>${block}</script>`, settings: { savingMode: false } }) })
  const visitor = await tab(shop.url('/'))
  const beacons = await shop.until((beacons) => beacons.length > 2)
  const ids = new Set(beacons.map(({ payload }) => payload.session.id))
  expect([...ids]).toEqual([uuid])
  expect(await visitor.run(() => uncaught)).toEqual([])
})

test('draws one session for the page on which the visitor agrees and for the next', async ({ site, tab }) => {
  const shop = await site({ '/': drawing(15, { consent: 'pending' }), '/next': drawing(0) })
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => CRUM.consent(true))
  await visitor.until(() => localStorage.CRUM?.includes('ffffffff'))
  await visitor.go(shop.url('/next'))
  await visitor.run(() => CRUM.addEvent('unseen'))
  await visitor.leave('/')
  await wait(500)
  expect(shop.beacons).toEqual([])
})
