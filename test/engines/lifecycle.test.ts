import { setTimeout as wait } from 'node:timers/promises'
import type { Collector, Payload } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import { reply } from '../browser/harness/routes.ts'
import type { Site } from '../browser/harness/site.ts'
import { unchanging } from '../browser/harness/unchanging.ts'
import { comesBack, thrice } from './comesBack.ts'
import type { Tab } from './driver/tab.ts'
import { expect, test } from './engineTest.ts'
import { because, eventsIn, resourcesIn } from './payloads.ts'
import { unique } from './receiver.ts'
import { page, still } from './shop.ts'

declare const CRUM: Collector
declare const asked: number
declare const fates: string[]

interface Quiet {
  /** Samples so far. */
  count: number
  /** Frames that were asked for. */
  frames: number
}

const a = expect.any(Number)

/** Holds a path back until the page has fetched `/open-gate`. */
const putBehindGate = ({ routes }: Site, path: string) => {
  const route = routes[path] ?? ''
  const opened = new Promise<void>((resolve) => {
    routes['/open-gate'] = (_request, response) => void response.end(resolve)
  })
  routes[path] = async (request, response) => {
    await opened
    await reply(route, request, response)
  }
}

/** Fetches `/data`, and lives until the entry of it is there. */
const fetchData = async () => {
  await (await fetch('/data')).text()
  await new Promise((resolve) => setTimeout(resolve, 100))
}

test('sends nothing before the page has loaded', async ({ site, tab }) => {
  const settings = { samplingRate: 50, entriesRate: 50 }
  const shop = await site({ '/': page({ settings, body: '<img src="/slow.svg" alt="">' }) })
  let answered = Number.POSITIVE_INFINITY
  shop.routes['/slow.svg'] = async (_request, response) => {
    await wait(1000)
    answered = performance.now()
    response.end()
  }
  await tab(shop.url('/'))
  const [first] = await shop.until((beacons) => beacons.length > 0)
  expect(first?.at).toBeGreaterThan(answered)
})

test('tells in the first sample what happened before the script was there', async ({ engine, site, tab }) => {
  const head = `<script>
    performance.mark('HE-early', { detail: { a: 1 } })
    // not at once: of a page's first tasks Chromium does not report each one that is long
    setTimeout(() => { busy(120); fetch('/open-gate') }, 250)
  </script>`
  const shop = await site({ '/': page({ head, settings: { samplingRate: 800 } }) })
  putBehindGate(shop, '/rum')
  await tab(shop.url('/'))
  const beacons = await shop.until((beacons) => because('sample', beacons).length > 0)
  const [{ view, metrics, audits }] = because('sample', beacons) as [Payload]
  expect(view.marks).toMatchObject([{ name: 'HE-early', detail: { a: 1 } }])
  expect(audits).toMatchObject({ crossOriginIsolated: false })
  const { apis } = engine
  if (apis['long tasks']) {
    // a busy machine makes tasks of its own long
    expect(view.longTasks).toContainEqual({ name: 'self', startTime: a, duration: a })
    expect(Math.max(...(view.longTasks ?? []).map(({ duration }) => duration))).toBeGreaterThanOrEqual(120)
  } else expect(view.longTasks).toBeUndefined()
  expect(view.usedMemory).toEqual(apis['memory measurement'] ? a : undefined)
  expect(metrics).toMatchObject({
    ttfb: a,
    responseTime: a,
    domContentLoadedEventStart: a,
    domContentLoadedEventEnd: a,
  })
  expect(metrics).toMatchObject({ domComplete: a, duration: a, renderDuration: a, fcp: a })
  expect(metrics?.fp).toEqual(apis['first paint'] ? a : undefined)
  expect(metrics?.lcp).toEqual(apis['largest contentful paint'] ? a : undefined)
})

test('sends 120 fetches as 50, 50 and 20 entries in order, before the first sample', async ({ site, tab }) => {
  const body = `<img src="/gate.svg" alt=""><script type="module">
    for (let i = 0; i < 120; i++) await (await fetch('/item/' + i)).text()
    await fetch('/open-gate')
  </script>`
  // the last ones leave by the clock, which is to be slower than all fetches
  const settings = { samplingRate: 100_000, entriesRate: 3000, ignoreResources: ['rum', 'gate'] }
  const shop = await site({ '/': page({ settings, body }) })
  for (let i = 0; i < 120; i++) shop.routes[`/item/${i}`] = 'item'
  // the page has loaded when all have been fetched
  putBehindGate(shop, '/gate.svg')
  await tab(shop.url('/'))
  const beacons = unique(await shop.until((beacons) => because('entries', beacons).length === 3))
  expect(beacons.map(({ payload }) => [payload.beacon.reason, payload.view.resources?.length])).toEqual([
    ['entries', 50],
    ['entries', 50],
    ['entries', 20],
  ])
  const names = resourcesIn(beacons.map(({ payload }) => payload))
  expect(names).toEqual(Array.from({ length: 120 }, (_, i) => `/item/${i}`))
})

test('loses no entry past the 250 that the browser keeps', { timeout: 90_000 }, async ({ site, tab }) => {
  // on a busy machine the beacons are so many that they are damped, for some samples, until somebody comes
  const head = '<script>CRUM = { samplingRate: 500, entriesRate: 50 }</script><script id="CRUM" src="/rum"></script>'
  const shop = await site({ '/': `<!doctype html>${head}<p>hello`, '/item': 'item' })
  const visitor = await tab(shop.url('/'))
  // a driver waits for 8 s
  await visitor.script("(async () => { for (let i = 0; i < 300; i++) await (await fetch('/item?' + i)).text() })()")
  const names = ({ payload }: Arrival) => (payload.view.resources ?? []).map(({ name }) => new URL(name).search)
  const items = (beacons: Arrival[]) => beacons.flatMap(names).filter(Boolean)
  const beacons = await shop.until((beacons) => items(beacons).length >= 300, 50_000)
  expect(new Set(items(beacons)).size).toBe(300)
  expect(items(beacons).length).toBe(300)
})

test('goes quiet while nothing happens: no beacon, no frame', async ({ site, tab }) => {
  const head = `${unchanging}<script>
    var asked = 0, fates = []
    const ask = window.requestAnimationFrame
    window.requestAnimationFrame = (callback) => ask.call(window, callback, asked++)
  </script>`
  const shop = await site({ '/': page({ head, settings: { samplingRate: 100 } }) })
  const visitor = await tab(shop.url('/'))
  // what becomes of the samples: each is sent or skipped
  await visitor.script('CRUM.debug$.subscribe(({ type }) => /^(send|skip)$/.test(type) && fates.push(type))')
  const some = (count: number) =>
    visitor.until((count) => (fates.length >= count ? { count: fates.length, frames: asked } : undefined), count)
  const before = (await some(40)) as Quiet
  const after = (await some(before.count + 20)) as Quiet
  expect(new Set(await visitor.run((from) => fates.slice(from), before.count))).toEqual(new Set(['skip']))
  expect(after.frames).toBe(before.frames)
})

test('sends at once what is pending, entries included, when it is hidden', async ({ site, tab }) => {
  const shop = await site({ '/': page({ settings: still }), '/data': 'data' })
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => CRUM.addEvent('pending'))
  await visitor.run(fetchData)
  expect(shop.beacons).toEqual([])
  await visitor.hide()
  const beacons = await shop.until((beacons) => beacons.length === 2)
  expect(because('hidden', beacons)).toMatchObject([{ view: { visibility: 'hidden', events: [{ pending: {} }] } }])
  expect(resourcesIn(because('entries', beacons))).toEqual(['/data'])
})

test('goes on with the same view when it is shown again', async ({ site, tab }) => {
  const shop = await site({ '/': page({ settings: still }) })
  const visitor = await tab(shop.url('/'))
  await visitor.hide()
  await shop.until((beacons) => beacons.length === 1)
  await visitor.show()
  await visitor.until(() => document.visibilityState === 'visible')
  await visitor.run(() => CRUM.addEvent('again'))
  await visitor.hide()
  const [first, second] = await shop.until((beacons) => beacons.length === 2)
  expect(second?.payload.view).toMatchObject({ startTime: first?.payload.view.startTime, events: [{ again: {} }] })
  expect([first?.payload.beacon.seq, second?.payload.beacon.seq]).toEqual([0, 1])
})

test.for<[string, (visitor: Tab) => Promise<unknown>, most: number]>([
  ['by a link', (visitor) => visitor.click('a'), 1],
  ['by the closing of its tab', (visitor) => visitor.close(), 6],
  ['by a reload', (visitor) => visitor.reload(), 1],
])('sends what is pending when it is left %s', async ([, leave, most], { site, tab }) => {
  const html = page({ settings: still, body: '<a href="/next">next</a>' })
  // Firefox may end a script in the midst of its `pagehide` when it closes a tab: see leaving.test.ts
  for (let tries = 1; ; tries++) {
    const shop = await site({ '/': html, '/next': 'next', '/data': 'data' })
    const visitor = await tab(shop.url('/'))
    await visitor.run(fetchData)
    await visitor.run(() => CRUM.addEvent('last'))
    await leave(visitor)
    const isAllThere = (beacons: Arrival[]) =>
      because('hidden', beacons).some(({ view }) => view.events) && because('entries', beacons).length > 0
    await shop.until(isAllThere, tries < most ? 5000 : 20_000).catch(() => {})
    if (!isAllThere(shop.beacons) && tries < most) continue
    const beacons = unique(shop.beacons)
    expect(because('hidden', beacons).flatMap(eventsIn)).toEqual(['last'])
    expect(resourcesIn(because('entries', beacons))).toEqual(['/data'])
    return
  }
})

test('sends what it has when it is left before it has loaded', async ({ site, tab, lacks }) => {
  // by the page itself: a driver would wait for its load
  const body = `<script>
    addEventListener('pagehide', () => { localStorage.heard = 'pagehide' })
    const looking = setInterval(() => {
      if (!CRUM.debug$) return
      clearInterval(looking)
      CRUM.addEvent('early', document.readyState)
      location.assign('/next')
    }, 20)
  </script><img src="/never.svg" alt="">`
  const pages = { '/start': 'start', '/': page({ settings: still, body }), '/next': 'next', '/never.svg': () => {} }
  const shop = await site(pages)
  const visitor = await tab(shop.url('/start'))
  await visitor.run(() => void setTimeout(() => location.assign('/')))
  await visitor.until(() => location.pathname === '/next')
  // WebKit tells only a page that has loaded that it is left, or hidden
  if (!(await visitor.run(() => localStorage.heard))) lacks('pagehide in a page that has not loaded')
  const beacons = await shop.until((beacons) => because('hidden', beacons).length > 0)
  expect(because('hidden', beacons)[0]).toMatchObject({
    view: { id: '/', events: [{ early: 'interactive' }] },
    beacon: { seq: 0 },
  })
})

test('begins a new view with new metrics when it comes back from the bfcache', async ({ site, tab }) => {
  const { shop, visitor } = await thrice(async () => {
    const shop = await site({ '/': page({ settings: still }), '/next': 'next' })
    const visitor = await tab(shop.url('/'))
    return (await comesBack(visitor, shop, '/next', '/')) && { shop, visitor }
  })
  await visitor.run(() => CRUM.addEvent('returned'))
  // its first paint after the return
  await visitor.run(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 500)))),
  )
  await visitor.hide()
  const isReturned = ({ payload }: Arrival) => eventsIn(payload).includes('returned')
  const beacons = await shop.until((beacons) => beacons.some(isReturned))
  const [before, after] = [beacons[0]?.payload as Payload, beacons.find(isReturned)?.payload as Payload]
  expect(after).toMatchObject({
    beacon: { seq: 0 },
    view: { events: [{ returned: {} }] },
    session: { id: before.session.id },
  })
  expect(after.view.startTime).toBeGreaterThan(before.view.startTime)
  expect(after.beacon.id.slice(0, 36)).not.toBe(before.beacon.id.slice(0, 36))
  expect(after.metrics).toMatchObject({ navigationType: 'back-forward-cache', fcp: a })
  expect(after.metrics).not.toHaveProperty('domComplete')
})
