import type { Page } from 'playwright'
import type { Collector, Payload, Settings, Step } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import type { Arrival } from './harness/inbox.ts'
import type { Site } from './harness/site.ts'
import { loader } from './harness/snippet.ts'
import { hide, show } from './harness/tabs.ts'

declare const CRUM: Collector

const page = (settings: Partial<Settings> = {}, head = '') =>
  `<!doctype html><html><head><title>page</title>${head}${loader('/rum', { samplingRate: 100, ...settings })}</head><body><p>hello</body></html>`

const isAt =
  (path: string) =>
  ({ payload }: Arrival) =>
    payload.view.pathname === path

/** Opens a page and tells its first beacon. */
async function visit(shop: Site, tab: (url: string) => Promise<Page>, path: string): Promise<Payload> {
  await tab(shop.url(path))
  const beacons = await shop.until((beacons) => beacons.some(isAt(path)))
  return beacons.find(isAt(path))?.payload as Payload
}

/** What the origin keeps of the session. */
const stored = (visitor: Page) => visitor.evaluate(() => JSON.parse(localStorage.getItem('CRUM') ?? 'null'))

/** Resolves at the next step of a type, by default of any reason, so many times. */
const steps = (visitor: Page, type: string, count = 1, reason?: string) =>
  visitor.evaluate(
    ([type, count, reason]) => {
      const now = performance.now()
      let seen = 0
      return new Promise<void>((resolve) => {
        CRUM.debug$.subscribe((step: Step) => {
          const fits =
            step.timeStamp > now && step.type === type && (!reason || ('reason' in step && step.reason === reason))
          if (fits && ++seen === count) resolve()
        })
      })
    },
    [type, count, reason] as const,
  )

test('keeps a session over pages and tabs', async ({ site, tab }) => {
  const shop = await site({ '/': page(), '/other': page(), '/third': page() })
  const visitor = await tab()
  const first = await visit(shop, (url) => visitor.goto(url).then(() => visitor), '/')
  const second = await visit(shop, (url) => visitor.goto(url).then(() => visitor), '/other')
  const third = await visit(shop, tab, '/third')
  expect(first.session).toMatchObject({
    id: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
    duration: 0,
  })
  for (const { session } of [second, third]) {
    expect(session).toMatchObject({ id: first.session.id, startTime: first.session.startTime })
    expect(session.lastLoop).toBeGreaterThanOrEqual(first.session.lastLoop)
  }
})

test.for([
  ['begins another session where the last loop is older than newSessionAfter', 400, false],
  ['goes on with the session where the last loop is younger than that', 200, true],
] as const)('%s', async ([, age, goesOn], { site, tab }) => {
  const shop = await site({ '/': page(), '/blank': 'blank', '/later': page() })
  const visitor = await tab()
  const first = await visit(shop, (url) => visitor.goto(url).then(() => visitor), '/')
  await visitor.goto(shop.url('/blank'))
  await visitor.evaluate((age) => {
    const session = JSON.parse(localStorage.getItem('CRUM') ?? '')
    const past = age * 1000
    localStorage.setItem(
      'CRUM',
      JSON.stringify({ ...session, startTime: session.startTime - past, lastLoop: Date.now() - past }),
    )
  }, age)
  const later = await visit(shop, (url) => visitor.goto(url).then(() => visitor), '/later')
  expect(later.session.id === first.session.id).toBe(goesOn)
  // minutes since it began
  expect(later.session.duration).toBe(goesOn ? Math.floor(age / 60) : 0)
})

test.for(['not JSON', '{}', 'null', '{"id":7,"startTime":"now"}'])(
  'begins a session where the storage holds %s',
  async (text, { site, tab }) => {
    const head = `<script>localStorage.setItem('CRUM', ${JSON.stringify(text)})</script>`
    const shop = await site({ '/': page({}, head) })
    const { session } = await visit(shop, tab, '/')
    expect(session).toMatchObject({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      startTime: expect.any(Number),
      duration: 0,
    })
  },
)

test('moves the last loop once a sample while the page is visible, and not while it is hidden', async ({
  site,
  tab,
}) => {
  const shop = await site({ '/': page() })
  const visitor = await tab(shop.url('/'))
  await visitor.waitForFunction(() => CRUM.debug$)
  await steps(visitor, 'sample', 1)
  const early = await stored(visitor)
  await steps(visitor, 'sample', 3)
  expect((await stored(visitor)).lastLoop).toBeGreaterThan(early.lastLoop)
  await hide(visitor)
  const hidden = await stored(visitor)
  await steps(visitor, 'sample', 3)
  expect(await stored(visitor)).toEqual(hidden)
  await show(visitor)
  await steps(visitor, 'sample', 2)
  expect(await stored(visitor)).toMatchObject({ id: hidden.id, lastLoop: expect.closeTo(Date.now(), -4) })
  expect((await stored(visitor)).lastLoop).toBeGreaterThan(hidden.lastLoop)
})

test('stops after it was hidden for stopCollectorAfter, and starts anew when it is seen again', async ({
  site,
  tab,
}) => {
  const shop = await site({ '/': page({ stopCollectorAfter: 1 }) })
  const visitor = await tab()
  const first = await visit(shop, (url) => visitor.goto(url).then(() => visitor), '/')
  await Promise.all([steps(visitor, 'sample', 1, 'stop'), hide(visitor)])
  const before = shop.beacons.length
  await visitor.evaluate(() => CRUM.addEvent('hidden'))
  await show(visitor)
  await visitor.evaluate(() => CRUM.addEvent('back'))
  const eventsIn = (beacons: Arrival[]) => beacons.slice(before).flatMap(({ payload }) => payload.view.events ?? [])
  const beacons = await shop.until((beacons) => eventsIn(beacons).length > 1)
  // what was reported while nothing ran as well
  expect(
    eventsIn(beacons)
      .map((event) => Object.keys(event)[0])
      .sort(),
  ).toEqual(['back', 'hidden'])
  const having = (name: string) =>
    beacons.findLast(({ payload: { view } }) => view.events?.some((event) => name in event))?.payload as Payload
  expect(having('hidden').session.id).toBe(first.session.id)
  const { session, view, beacon } = having('back')
  // a sample may have closed before the page could tell it
  const seqs = beacons
    .filter(({ payload }) => payload.session.id === session.id)
    .map(({ payload }) => payload.beacon.seq)
  expect(Math.min(...seqs)).toBe(0)
  expect(view.startTime).toBeGreaterThan(having('hidden').view.startTime)
  expect(session.id).not.toBe(first.session.id)
  expect(session.startTime).toBeGreaterThan(first.session.startTime)
  expect(view.startTime).toBeGreaterThan(first.view.startTime)
  expect(beacon.id.slice(0, 36)).not.toBe(first.beacon.id.slice(0, 36))
})

test('takes up the session again that another tab has kept alive', async ({ site, tab }) => {
  const shop = await site({ '/': page({ stopCollectorAfter: 1 }), '/other': page() })
  const visitor = await tab()
  const first = await visit(shop, (url) => visitor.goto(url).then(() => visitor), '/')
  const stopped = steps(visitor, 'sample', 1, 'stop')
  const other = await tab(shop.url('/other'))
  await stopped
  await steps(other, 'sample', 2)
  const before = shop.beacons.length
  await show(visitor)
  const isBack = ({ payload }: Arrival) => payload.view.pathname === '/' && payload.view.visibility === 'visible'
  const beacons = await shop.until((beacons) => beacons.slice(before).some(isBack))
  const again = beacons.slice(before).find(isBack)?.payload
  expect(again).toMatchObject({ session: { id: first.session.id }, beacon: { seq: 0 } })
  expect(again?.view.startTime).toBeGreaterThan(first.view.startTime)
})

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
  const shop = await site({ '/': page({ savingMode: false }, `<script>${block}</script>`) })
  const visitor = await tab()
  const failures: string[] = []
  visitor.on('pageerror', ({ message }) => failures.push(message))
  await visit(shop, (url) => visitor.goto(url).then(() => visitor), '/')
  const beacons = await shop.until((beacons) => beacons.length > 2)
  const ids = new Set(beacons.map(({ payload }) => payload.session.id))
  expect([...ids]).toEqual([expect.stringMatching(/^[\da-f-]{36}$/)])
  expect(failures).toEqual([])
})
