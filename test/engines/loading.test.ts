import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import type { Site } from '../browser/harness/site.ts'
import { loader } from '../browser/harness/snippet.ts'
import { untilTold } from '../browser/readings/told.ts'
import type { Tab } from './driver/tab.ts'
import { expect, test } from './engineTest.ts'

declare const CRUM: Collector

const html = (head: string) =>
  `<!doctype html><html><head><title>page</title><link rel="icon" href="data:,">${head}</head><body><p>hello</body></html>`
const settings = '<script>CRUM = { samplingRate: 200, labels: "a=1" }</script>'
const plain = '<script id="CRUM" src="/rum"></script>'
const isHidden = ({ payload }: Arrival) => payload.beacon.reason === 'hidden'
const isSample = ({ payload }: Arrival) => payload.beacon.reason === 'sample'

/** Beacons may overtake each other; when none is under way, no number is missing. */
const isWhole = (beacons: Arrival[]) => {
  const seqs = new Set(beacons.map(({ payload }) => payload.beacon.seq))
  return seqs.size === Math.max(...seqs) + 1
}

/** The types of all steps so far: what the script has done, and how often. */
async function steps(visitor: Tab): Promise<string[]> {
  await visitor.until(() => !!CRUM.debug$)
  return visitor.run(() => {
    const types: string[] = []
    CRUM.debug$.subscribe(({ type }) => types.push(type)).unsubscribe()
    return types
  })
}

/** Lets the page send all that it has by hiding it, and tells what came. */
async function leave(visitor: Tab, shop: Site) {
  await visitor.until(() => !!CRUM.debug$)
  await visitor.hide()
  return shop.until((beacons) => beacons.some(isHidden) && isWhole(beacons))
}

test.for([
  ['the async snippet', loader('/rum', { samplingRate: 200, labels: 'a=1' })],
  ['a script that blocks', settings + plain],
  ['a script with defer', `${settings}<script id="CRUM" src="/rum" defer></script>`],
  ['a script with async', `${settings}<script id="CRUM" src="/rum" async></script>`],
  ['a module', `${settings}<script id="CRUM" src="/rum" type="module"></script>`],
  ['a script without an id', `${settings}<script src="/rum"></script>`],
  ['a deferred script without an id', `${settings}<script src="/rum" defer></script>`],
  ['a script at a URL with query and hash', `${settings}<script id="CRUM" src="/rum?v=3&x#top"></script>`],
  [
    'a script at an absolute URL',
    `${settings}<script>document.write('<script id="CRUM" src="' + location.origin + '/rum"><\\/script>')</script>`,
  ],
] as const)('starts from %s', async ([, head], { site, tab }) => {
  const shop = await site({ '/': html(head) })
  await tab(shop.url('/'))
  const beacons = await shop.until((beacons) => beacons.some(isSample) && isWhole(beacons))
  expect(beacons.map(({ path }) => path)).toEqual(beacons.map(() => '/rum'))
  const [first] = beacons.filter(isSample).sort((a, b) => a.payload.beacon.seq - b.payload.beacon.seq)
  expect(first?.payload).toMatchObject({
    attributes: { labels: ['a=1'] },
    metrics: { domComplete: expect.any(Number), navigationType: 'navigate' },
  })
})

test.for([
  ['the async snippet', loader()],
  ['a script that blocks, whose element is window.CRUM', plain],
  ['a deferred script', '<script id="CRUM" src="/rum" defer></script>'],
  ['a module', '<script id="CRUM" src="/rum" type="module"></script>'],
  ['a script without an id', '<script src="/rum"></script>'],
] as const)('starts without settings from %s', async ([, head], { site, tab }) => {
  const shop = await site({ '/': html(head) })
  const visitor = await tab(shop.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  await visitor.run(() => CRUM.addEvent('works'))
  const beacons = await leave(visitor, shop)
  expect(beacons.every(({ path }) => path === '/rum')).toBe(true)
  // a slow machine takes longer than a sample until the page is hidden
  expect(beacons.flatMap(({ payload }) => payload.view.events ?? [])).toMatchObject([{ works: {} }])
  for (const { payload } of beacons) expect(payload.attributes.labels).toEqual([])
})

test('starts its first round at once where it arrives long after load', async ({ engine, site, tab }) => {
  const shop = await site({ '/': html(`${settings}<script>performance.mark('HE-early')</script>`) })
  const visitor = await tab(shop.url('/'))
  await wait(500)
  expect(shop.beacons).toEqual([])
  await visitor.run(() =>
    document.head.append(Object.assign(document.createElement('script'), { id: 'CRUM', src: '/rum' })),
  )
  await shop.until((beacons) => beacons.some(isSample))
  // on a busy machine what is told of the page may be later than a sample as short as this one, and entries are told in an
  // idle moment
  await untilTold(shop, ({ metrics, view }) => {
    expect(metrics).toMatchObject({ domComplete: expect.any(Number), fcp: expect.any(Number) })
    expect(metrics.lcp).toEqual(engine.apis['largest contentful paint'] ? expect.any(Number) : undefined)
    expect(view.marks).toMatchObject([{ name: 'HE-early' }])
  })
})

test.for([
  ['by two snippets', loader() + loader('/rum', { samplingRate: 100 })],
  ['by two snippets with settings', loader('/rum', { samplingRate: 100 }) + loader('/rum', { samplingRate: 100 })],
  ['by two scripts that block', `<script>CRUM = { samplingRate: 100 }</script>${plain}${plain}`],
  ['by two scripts that block, each with its settings', settings + plain + settings + plain],
  [
    'from two addresses',
    `<script>CRUM = { samplingRate: 100 }</script>${plain}<script src="/rum?again" defer></script>`,
  ],
] as const)('starts once where it is loaded twice, %s', async ([, head], { site, tab }) => {
  const shop = await site({ '/': html(head) })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.some(isSample))
  // a second collector has had its first round, too, when this arrives
  await visitor.run(() => CRUM.addEvent('later'))
  await shop.until((beacons) => beacons.some(({ payload }) => payload.view.events?.length))
  expect((await steps(visitor)).filter((type) => type === 'init')).toEqual(['init'])
  const beacons = await leave(visitor, shop)
  const seqs = beacons.map(({ payload }) => payload.beacon.seq)
  expect(seqs.sort((a, b) => a - b)).toEqual(seqs.map((_, index) => index))
})

test('starts once where it is loaded again later', async ({ site, tab }) => {
  const shop = await site({ '/': html(settings + plain) })
  const visitor = await tab(shop.url('/'))
  await visitor.run(
    () =>
      new Promise((resolve) => {
        document.head.append(
          Object.assign(document.createElement('script'), { src: '/rum', onload: () => resolve(true) }),
        )
      }),
  )
  await shop.until((beacons) => beacons.some(isSample))
  const beacons = await leave(visitor, shop)
  expect((await steps(visitor)).filter((type) => type === 'init')).toEqual(['init'])
  expect(new Set(beacons.map(({ payload }) => payload.beacon.seq)).size).toBe(beacons.length)
})

test('posts to the endpoint of the settings', async ({ site, tab }) => {
  const shop = await site({ '/': html(`<script>CRUM = { endpoint: '/collect?key=1' }</script>${plain}`) })
  const beacons = await leave(await tab(shop.url('/')), shop)
  expect(beacons.every(({ path }) => path === '/collect?key=1')).toBe(true)
})

test('calls onReady with CRUM, whose functions work', async ({ site, tab }) => {
  const onReady = "{ samplingRate: 200, onReady: (crum) => crum.addEvent('ready', { same: crum === CRUM }) }"
  const shop = await site({ '/': html(loader('/rum', onReady)) })
  await tab(shop.url('/'))
  const beacons = await shop.until((beacons) => beacons.some(isSample))
  const events = beacons.filter(isSample).flatMap(({ payload }) => payload.view.events ?? [])
  expect(events).toMatchObject([{ ready: { same: true } }])
})

test.for([
  [
    'a script of another origin',
    (origin: string) => `${settings}<script id="CRUM" src="${origin}/rum"></script>`,
    '/rum',
  ],
  [
    'an endpoint of another origin',
    (origin: string) => `<script>CRUM = { endpoint: '${origin}/take' }</script>${plain}`,
    '/take',
  ],
] as const)('posts for %s without a preflight', async ([, head, path], { site, tab }) => {
  const far = await site({})
  const near = await site({ '/': html(head(far.origin)) })
  const visitor = await tab(near.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  await visitor.run(() => CRUM.addEvent('cross'))
  const beacons = await leave(visitor, far)
  expect(beacons.every((beacon) => beacon.path === path && beacon.headers.origin === near.origin)).toBe(true)
  expect(far.requests.filter((request) => request.startsWith('OPTIONS'))).toEqual([])
  expect(near.beacons).toEqual([])
})
