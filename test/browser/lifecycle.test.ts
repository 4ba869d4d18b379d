import type { Page } from 'playwright'
import type { Collector, Payload, Settings, Step } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import type { Arrival } from './harness/inbox.ts'
import { reply } from './harness/routes.ts'
import type { Site } from './harness/site.ts'
import { loader } from './harness/snippet.ts'
import { back, closeTab, hide, show } from './harness/tabs.ts'

declare const CRUM: Collector

/** A page with the script; the head comes before it. Favicons are no business of these tests. */
const page = (settings: Partial<Settings> = {}, body = '<p>hello', head = '') =>
  `<!doctype html><html><head><title>page</title>${head}${loader('/rum', { ignoreResources: ['/rum', 'favicon'], ...settings })}</head><body>${body}</body></html>`

/** Nothing leaves by the clock: what arrives was sent for another reason. */
const still = { samplingRate: 100_000, entriesRate: 100_000 }

const because = (reason: string, beacons: Arrival[]) =>
  beacons.map(({ payload }) => payload).filter(({ beacon }) => beacon.reason === reason)
const resourcesIn = (payloads: Payload[]) =>
  payloads.flatMap(({ view }) => view.resources ?? []).map(({ name }) => new URL(name).pathname)
const eventsIn = ({ view }: Payload) =>
  (view.events ?? []).flatMap((event) => Object.keys(event)).filter((name) => name !== 'timeStamp')
const ready = (visitor: Page) => visitor.waitForFunction(() => CRUM.debug$)
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
const addEvent = (visitor: Page, name: string) => visitor.evaluate((name) => CRUM.addEvent(name), name)

test('sends nothing before the page has loaded', async ({ site, tab }) => {
  const shop = await site({ '/': page({ samplingRate: 50, entriesRate: 50 }, '<img src="/slow.svg" alt="">') })
  let answered = Number.POSITIVE_INFINITY
  shop.routes['/slow.svg'] = async (_request, response) => {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    answered = performance.now()
    response.end()
  }
  await tab(shop.url('/'))
  const [first] = await shop.until((beacons) => beacons.length > 0)
  expect(first?.at).toBeGreaterThan(answered)
})

test('tells in the first sample what happened before the script was there', async ({ site, tab }) => {
  const head = `<script>
    performance.mark('HE-early', { detail: { a: 1 } })
    // not at once: of a page's first tasks Chromium does not report each one that is long
    setTimeout(() => {
      for (const end = performance.now() + 120; performance.now() < end; );
      fetch('/open-gate')
    }, 250)
  </script>`
  const shop = await site({ '/': page({ samplingRate: 800 }, '<p>hello', head) })
  putBehindGate(shop, '/rum')
  await tab(shop.url('/'))
  const beacons = await shop.until((beacons) => because('sample', beacons).length > 0)
  const [first] = because('sample', beacons)
  const a = expect.any(Number)
  expect(first).toMatchObject({
    view: {
      marks: [{ name: 'HE-early', detail: { a: 1 } }],
      // a busy machine makes tasks of its own long
      longTasks: expect.arrayContaining([{ name: 'self', startTime: a, duration: a }]),
      usedMemory: a,
    },
    metrics: { ttfb: a, responseTime: a, domContentLoadedEventStart: a, domContentLoadedEventEnd: a },
    audits: { crossOriginIsolated: false },
  })
  expect(Math.max(...(first?.view.longTasks ?? []).map(({ duration }) => duration))).toBeGreaterThanOrEqual(120)
  expect(first?.metrics).toMatchObject({ domComplete: a, duration: a, renderDuration: a, fp: a, fcp: a, lcp: a })
})

test('sends 120 fetches as 50, 50 and 20 entries in order, before the first sample', async ({ site, tab }) => {
  const body = `<img src="/gate.svg" alt=""><script type="module">
    for (let i = 0; i < 120; i++) await (await fetch('/item/' + i)).text()
    await fetch('/open-gate')
  </script>`
  const shop = await site({ '/': page({ samplingRate: 100_000, ignoreResources: ['rum', 'gate', 'favicon'] }, body) })
  for (let i = 0; i < 120; i++) shop.routes[`/item/${i}`] = 'item'
  // the page has loaded when all have been fetched
  putBehindGate(shop, '/gate.svg')
  await tab(shop.url('/'))
  const beacons = await shop.until((beacons) => because('entries', beacons).length === 3)
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
  await visitor.evaluate(async () => {
    for (let i = 0; i < 300; i++) await (await fetch(`/item?${i}`)).text()
  })
  const names = ({ payload }: Arrival) => (payload.view.resources ?? []).map(({ name }) => new URL(name).search)
  const items = (beacons: Arrival[]) => beacons.flatMap(names).filter(Boolean)
  const beacons = await shop.until((beacons) => items(beacons).length >= 300, 50_000)
  expect(new Set(items(beacons)).size).toBe(300)
  expect(items(beacons).length).toBe(300)
})

test('goes quiet while nothing happens: no beacon, no frame', async ({ site, tab }) => {
  const head = `<script>
    frames = 0
    const ask = window.requestAnimationFrame
    window.requestAnimationFrame = (callback) => ask.call(window, callback, frames++)
  </script>`
  const shop = await site({ '/': page({ samplingRate: 100 }, '<p>hello', head) })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  const frames = () => visitor.evaluate(() => (window as unknown as { frames: number }).frames)
  await fates(visitor, 40)
  const before = await frames()
  expect(new Set(await fates(visitor, 20))).toEqual(new Set(['skip']))
  expect(await frames()).toBe(before)
})

test('sends at once what is pending, entries included, when it is hidden', async ({ site, tab }) => {
  const shop = await site({ '/': page(still), '/data': 'data' })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await visitor.evaluate(async () => {
    CRUM.addEvent('pending')
    await (await fetch('/data')).text()
    await new Promise((resolve) => setTimeout(resolve, 100))
  })
  expect(shop.beacons).toEqual([])
  await hide(visitor)
  const beacons = await shop.until((beacons) => beacons.length === 2)
  expect(because('hidden', beacons)).toMatchObject([{ view: { visibility: 'hidden', events: [{ pending: {} }] } }])
  expect(resourcesIn(because('entries', beacons))).toEqual(['/data'])
})

test('goes on with the same view when it is shown again', async ({ site, tab }) => {
  const shop = await site({ '/': page(still) })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await hide(visitor)
  await shop.until((beacons) => beacons.length === 1)
  await show(visitor)
  await addEvent(visitor, 'again')
  await hide(visitor)
  const [first, second] = await shop.until((beacons) => beacons.length === 2)
  expect(second?.payload.view).toMatchObject({ startTime: first?.payload.view.startTime, events: [{ again: {} }] })
  expect([first?.payload.beacon.seq, second?.payload.beacon.seq]).toEqual([0, 1])
})

test.for([
  ['by a link', (visitor: Page) => visitor.click('a')],
  ['by the closing of its tab', closeTab],
  ['by a reload', (visitor: Page) => visitor.reload()],
] as const)('sends what is pending when it is left %s', async ([, leave], { site, tab }) => {
  const shop = await site({ '/': page(still, '<a href="/next">next</a>'), '/next': 'next', '/data': 'data' })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await visitor.evaluate(async () => {
    await (await fetch('/data')).text()
    await new Promise((resolve) => setTimeout(resolve, 100))
    CRUM.addEvent('last')
  })
  await leave(visitor)
  const beacons = await shop.until((beacons) => beacons.length >= 2)
  expect(because('hidden', beacons).flatMap(eventsIn)).toEqual(['last'])
  expect(resourcesIn(because('entries', beacons))).toEqual(['/data'])
})

test('sends what it has when it is left before it has loaded', async ({ site, tab }) => {
  const never = () => {}
  const shop = await site({ '/': page(still, '<img src="/never.svg" alt="">'), '/next': 'next', '/never.svg': never })
  const visitor = await tab()
  await visitor.goto(shop.url('/'), { waitUntil: 'commit' })
  await ready(visitor)
  await addEvent(visitor, 'early')
  await visitor.goto(shop.url('/next'))
  const beacons = await shop.until((beacons) => because('hidden', beacons).length > 0)
  expect(because('hidden', beacons)[0]).toMatchObject({
    view: { id: '/', events: [{ early: {} }] },
    beacon: { seq: 0 },
  })
})

test.for([
  ['pushState', () => history.pushState(null, '', '/next')],
  ['replaceState', () => history.replaceState(null, '', '/next?a=1')],
  ['the hash', () => location.assign('#part')],
  ['history.back', () => history.back()],
] as const)('closes the running sample when the route changes by %s', async ([, change], { site, tab }) => {
  const shop = await site({ '/': page(still), '/start': page(still) })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await visitor.evaluate(() => history.pushState(null, '', '/start'))
  const from = visitor.url()
  await addEvent(visitor, 'before')
  const changed = visitor.waitForEvent('framenavigated')
  await visitor.evaluate(change)
  await changed
  await addEvent(visitor, 'after')
  await hide(visitor)
  const beacons = await shop.until((beacons) => because('hidden', beacons).length > 0)
  const payloads = beacons.map(({ payload }) => payload)
  const to = visitor.url()
  expect(to).not.toBe(from)
  expect(payloads.find((payload) => eventsIn(payload).includes('before'))).toMatchObject({
    beacon: { reason: 'route' },
    view: { href: from, pathname: '/start', id: '/start', events: [{ before: {} }] },
  })
  expect(payloads.find((payload) => eventsIn(payload).includes('after'))?.view).toMatchObject({
    href: to,
    id: new URL(to).pathname,
    events: [{ after: {} }],
  })
})

test('keeps a sample open where a state changes but not the URL', async ({ site, tab }) => {
  const shop = await site({ '/': page(still) })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await visitor.evaluate(() => {
    CRUM.addEvent('before')
    history.replaceState({ scroll: 10 }, '')
    history.pushState({ scroll: 20 }, '', location.href)
    CRUM.addEvent('after')
  })
  await hide(visitor)
  const [beacon] = await shop.until((beacons) => beacons.length > 0)
  expect(eventsIn(beacon?.payload as Payload)).toEqual(['before', 'after'])
})

test('names a view from its start by its first name, and begins another with a further one', async ({ site, tab }) => {
  const shop = await site({ '/': page(still) })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await visitor.evaluate(() => {
    CRUM.addEvent('home')
    CRUM.setViewId('first')
    CRUM.addEvent('first')
    CRUM.setViewId('second')
    CRUM.addEvent('second')
    history.pushState(null, '', '/route')
    CRUM.addEvent('route')
    CRUM.setViewId('third')
    CRUM.setViewId('')
    CRUM.addEvent('path')
  })
  await hide(visitor)
  const beacons = await shop.until((beacons) => because('hidden', beacons).length > 0)
  const payloads = beacons.map(({ payload }) => payload).sort((a, b) => a.beacon.seq - b.beacon.seq)
  expect(payloads.map((payload) => [payload.view.id, payload.beacon.reason, ...eventsIn(payload)])).toEqual([
    ['first', 'route', 'home', 'first'],
    ['second', 'route', 'second'],
    ['third', 'route', 'route'],
    ['/route', 'hidden', 'path'],
  ])
})

test('adds events and labels from the page', async ({ site, tab }) => {
  const shop = await site({ '/': page({ ...still, labels: 'env=test' }) })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await visitor.evaluate(() => {
    CRUM.addEvent('logout')
    CRUM.addEvent('addToBasket', { product: 'iPhone', variant: [13, 14], soldout: false })
    CRUM.addToLabels('user=anna')
    CRUM.addToLabels('plan=free, beta=1')
  })
  await hide(visitor)
  const [beacon] = await shop.until((beacons) => beacons.length > 0)
  const timeStamp = expect.any(Number)
  expect(beacon?.payload.view.events).toEqual([
    { logout: {}, timeStamp },
    { addToBasket: { product: 'iPhone', variant: [13, 14], soldout: false }, timeStamp },
  ])
  expect(beacon?.payload.attributes.labels).toEqual(['env=test', 'user=anna', 'plan=free', 'beta=1'])
})

test('sends actions and events at once at a click on crum-send, and not without', async ({ site, tab }) => {
  const buttons = `<button crum-action="keep">Keep</button><span crum-action="order" crum-send><b>Order</b></span>`
  const shop = await site({ '/': page(still, buttons) })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await addEvent(visitor, 'pending')
  await visitor.click('button')
  await visitor.click('b')
  const beacons = await shop.until((beacons) => beacons.length > 0)
  expect(beacons).toHaveLength(1)
  expect(beacons[0]?.payload).toMatchObject({
    beacon: { reason: 'action', seq: 0 },
    view: {
      events: [{ pending: {} }],
      actions: [
        { name: 'keep', type: 'click', target: 'button', pointerType: 'mouse' },
        { name: 'order', type: 'click', target: 'b', pointerType: 'mouse' },
      ],
    },
  })
})

test('begins a new view with new metrics when it comes back from the bfcache', async ({ site, tab }) => {
  const shop = await site({ '/': page(still), '/next': 'next' })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await visitor.goto(shop.url('/next'))
  await back(visitor)
  await addEvent(visitor, 'returned')
  // its first paint after the return
  await visitor.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)))
  await hide(visitor)
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
  expect(after.metrics).toMatchObject({ navigationType: 'back-forward-cache', fcp: expect.any(Number) })
  expect(after.metrics).not.toHaveProperty('domComplete')
})

test('gives each beacon of a visit its own id, and a seq without gaps in its view', async ({ site, tab }) => {
  const rates = { samplingRate: 100, entriesRate: 50 }
  const body = `<a href="/next">next</a><button crum-action="a" crum-send>a</button><script>
    setInterval(() => fetch('/data?' + Math.random()), 30)
  </script>`
  const shop = await site({ '/': page(rates, body), '/next': page(rates, body), '/data': 'data' })
  const visitor = await tab(shop.url('/'))
  const seen = (path: string, count: number) =>
    shop.until((beacons) => beacons.filter(({ payload }) => payload.view.pathname === path).length >= count)
  await seen('/', 3)
  await visitor.click('button')
  await visitor.click('a')
  await seen('/next', 3)
  await visitor.evaluate(() => history.pushState(null, '', '/route'))
  await seen('/route', 3)
  await hide(visitor)
  await show(visitor)
  await closeTab(visitor)
  await shop.until((beacons) => isWhole(beacons) && because('hidden', beacons).length > 2)
  expect(views(shop.beacons)).toHaveLength(2)
})

test('says in each beacon who, where and with what', async ({ site, tab }) => {
  const shop = await site({ '/': page({ samplingRate: 100, entriesRate: 50 }), '/data': 'data' })
  const visitor = await tab(shop.url('/'))
  await ready(visitor)
  await visitor.evaluate(() => fetch('/data'))
  await shop.until((beacons) => because('sample', beacons).length > 1 && because('entries', beacons).length > 0)
  const text = expect.any(String)
  const epoch = expect.closeTo(Date.now(), -5)
  for (const { payload } of shop.beacons) {
    expect(payload).toMatchObject({
      session: { id: text, startTime: epoch, lastLoop: epoch, duration: 0 },
      view: {
        id: '/',
        startTime: epoch,
        href: shop.url('/'),
        origin: shop.origin,
        pathname: '/',
        referer: '',
        visibility: 'visible',
      },
      attributes: {
        labels: [],
        browser: text,
        browserVersion: text,
        ua: text,
        connection: {},
        device: { type: 'desktop' },
      },
      beacon: { id: text, seq: expect.any(Number), reason: text, version: text },
    })
  }
})

/** What becomes of the next samples: each is sent or skipped. */
function fates(visitor: Page, count: number): Promise<string[]> {
  return visitor.evaluate((count) => {
    const now = performance.now()
    return new Promise((resolve) => {
      const fates: string[] = []
      CRUM.debug$.subscribe(({ type, timeStamp }: Step) => {
        if (timeStamp > now && /^(send|skip)$/.test(type) && fates.push(type) === count) resolve(fates)
      })
    })
  }, count)
}

/** The beacons of each view; a view is told by the key that its ids begin with. */
function views(beacons: Arrival[]): Payload[][] {
  const keyOf = ({ beacon }: Payload) => beacon.id.replace(/-\d+$/, '')
  const payloads = beacons.map(({ payload }) => payload)
  const keys = [...new Set(payloads.map(keyOf))]
  return keys.map((key) => payloads.filter((payload) => keyOf(payload) === key))
}

/**
 * Whether nothing is under way any more: beacons may overtake each other, and one that left with its page comes again
 * with the next one, under the same id.
 */
function isWhole(beacons: Arrival[]): boolean {
  return views(beacons).every((view) => {
    const ids = new Map(view.map(({ beacon }) => [beacon.id, beacon.seq]))
    const seqs = [...ids.values()].sort((a, b) => a - b)
    return seqs.every((seq, index) => seq === index)
  })
}
