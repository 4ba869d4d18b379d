import type { Collector, Payload } from '../../src/index.ts'
import { viewOf } from '../../src/sinks/delivery/recovery.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import { expect, test } from './engineTest.ts'
import { because, eventsIn } from './payloads.ts'
import { unique } from './receiver.ts'
import { page, still } from './shop.ts'

declare const CRUM: Collector

test.for([
  ['pushState', "history.pushState(null, '', '/next')"],
  ['replaceState', "history.replaceState(null, '', '/next?a=1')"],
  ['the hash', "location.assign('#part')"],
  ['history.back', 'history.back()'],
] as const)('closes the running sample when the route changes by %s', async ([, change], { site, tab }) => {
  const shop = await site({ '/': page({ settings: still }), '/start': page({ settings: still }) })
  const visitor = await tab(shop.url('/'))
  await visitor.script("history.pushState(null, '', '/start')")
  const from = await visitor.run(() => location.href)
  await visitor.run(() => CRUM.addEvent('before'))
  await visitor.script(change)
  const to = await visitor.until((from) => location.href !== from && location.href, from)
  await visitor.run(() => CRUM.addEvent('after'))
  await visitor.hide()
  const beacons = await shop.until((beacons) => because('hidden', beacons).length > 0 && isWhole(beacons))
  const payloads = beacons.map(({ payload }) => payload)
  expect(payloads.find((payload) => eventsIn(payload).includes('before'))).toMatchObject({
    beacon: { reason: 'route' },
    view: { href: from, pathname: '/start', id: '/start', events: [{ before: {} }] },
  })
  expect(payloads.find((payload) => eventsIn(payload).includes('after'))?.view).toMatchObject({
    href: to,
    id: new URL(`${to}`).pathname,
    events: [{ after: {} }],
  })
})

test('keeps a sample open where a state changes but not the URL', async ({ site, tab }) => {
  const shop = await site({ '/': page({ settings: still }) })
  const visitor = await tab(shop.url('/'))
  await visitor.script(`
    CRUM.addEvent('before')
    history.replaceState({ scroll: 10 }, '')
    history.pushState({ scroll: 20 }, '', location.href)
    CRUM.addEvent('after')
  `)
  await visitor.hide()
  const [beacon] = await shop.until((beacons) => beacons.length > 0)
  expect(eventsIn(beacon?.payload as Payload)).toEqual(['before', 'after'])
})

test('names a view from its start by its first name, and begins another with a further one', async ({ site, tab }) => {
  const shop = await site({ '/': page({ settings: still }) })
  const visitor = await tab(shop.url('/'))
  await visitor.script(`
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
  `)
  await visitor.hide()
  const beacons = await shop.until((beacons) => because('hidden', beacons).length > 0 && isWhole(beacons))
  const payloads = unique(beacons).map(({ payload }) => payload)
  expect(payloads.map((payload) => [payload.view.id, payload.beacon.reason, ...eventsIn(payload)])).toEqual([
    ['first', 'route', 'home', 'first'],
    ['second', 'route', 'second'],
    ['third', 'route', 'route'],
    ['/route', 'hidden', 'path'],
  ])
})

test('adds events and labels from the page', async ({ site, tab }) => {
  const shop = await site({ '/': page({ settings: { ...still, labels: 'env=test' } }) })
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => {
    CRUM.addEvent('logout')
    CRUM.addEvent('addToBasket', { product: 'iPhone', variant: [13, 14], soldout: false })
    CRUM.addToLabels('user=anna')
    CRUM.addToLabels('plan=free, beta=1')
  })
  await visitor.hide()
  const [beacon] = await shop.until((beacons) => beacons.length > 0)
  const timeStamp = expect.any(Number)
  expect(beacon?.payload.view.events).toEqual([
    { logout: {}, timeStamp },
    { addToBasket: { product: 'iPhone', variant: [13, 14], soldout: false }, timeStamp },
  ])
  expect(beacon?.payload.attributes.labels).toEqual(['env=test', 'user=anna', 'plan=free', 'beta=1'])
})

test('sends actions and events at once at a click on crum-send, and not without', async ({ site, tab }) => {
  const body = `<button crum-action="keep">Keep</button><span crum-action="order" crum-send><b>Order</b></span>`
  const shop = await site({ '/': page({ settings: still, body }) })
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => CRUM.addEvent('pending'))
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

test('gives each beacon of a visit its own id, and a seq without gaps in its view', async ({ site, tab }) => {
  const html = page({
    settings: { samplingRate: 100, entriesRate: 50, ignoreResources: ['/rum'] },
    body: `<a href="/next">next</a><button crum-action="a" crum-send>a</button><script>
      setInterval(() => fetch('/data?' + Math.random()), 30)
    </script>`,
  })
  // Firefox may end a script in the midst of its `pagehide` when it closes a tab: see leaving.test.ts
  for (let tries = 1; ; tries++) {
    const shop = await site({ '/': html, '/next': html, '/data': 'data' })
    const visitor = await tab(shop.url('/'))
    const seen = (path: string, count: number) =>
      shop.until((beacons) => beacons.filter(({ payload }) => payload.view.pathname === path).length >= count)
    await seen('/', 3)
    await visitor.click('button')
    await visitor.click('a')
    await seen('/next', 3)
    await visitor.run(() => history.pushState(null, '', '/route'))
    await seen('/route', 3)
    await visitor.hide()
    await visitor.show()
    await visitor.close()
    const isAllThere = (beacons: Arrival[]) => isWhole(beacons) && because('hidden', beacons).length > 2
    const isAtOnce = await shop.until(isAllThere, 5000).then(
      () => true,
      () => false,
    )
    if (!isAtOnce && tries < 6) continue
    expect(isAtOnce).toBe(true)
    expect(views(shop.beacons)).toHaveLength(2)
    return
  }
})

test('says in each beacon who, where and with what', async ({ engine, site, tab }) => {
  const shop = await site({ '/': page({ settings: { samplingRate: 100, entriesRate: 50 } }), '/data': 'data' })
  const visitor = await tab(shop.url('/'))
  await visitor.script("fetch('/data')")
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
        connection: engine.apis['network information'] ? {} : null,
        device: { type: 'desktop' },
      },
      beacon: { id: text, seq: expect.any(Number), reason: text, version: text },
    })
  }
})

/** The beacons of each view; a view is told by the key that its ids begin with. */
function views(beacons: Arrival[]): Payload[][] {
  const payloads = beacons.map(({ payload }) => payload)
  const keys = [...new Set(payloads.map(({ beacon }) => viewOf(beacon.id)))]
  return keys.map((key) => payloads.filter(({ beacon }) => viewOf(beacon.id) === key))
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
