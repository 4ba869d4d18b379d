import { setTimeout as wait } from 'node:timers/promises'
import type { Collector, Step } from '../../src/index.ts'
import type { Route } from '../browser/harness/routes.ts'
import type { Site } from '../browser/harness/site.ts'
import { comesBack, thrice } from './comesBack.ts'
import type { Tab } from './driver/tab.ts'
import { expect, test } from './engineTest.ts'
import { type Ledger, ledgerScript, vitalsRoutes } from './ledger.ts'
import { page } from './shop.ts'

declare const CRUM: Collector
declare const ledger: Ledger
declare const early: { state: string; before: string[]; after: string[] } | undefined
declare const uncaught: string[]

const body = '<p>hello<div style="height: 3000px"></div>'

const html = (settings: Record<string, unknown> = {}, more = '') =>
  page({ head: ledgerScript(), body: body + more, settings: { samplingRate: 100, ...settings } })

const pages = { ...vitalsRoutes(body), '/': html(), '/next': 'next' }

const left = (visitor: Tab) => visitor.run(() => ledger.open())
const ours = async (visitor: Tab, theirs: string[]) => {
  await visitor.run((theirs) => ledger.look(theirs), theirs)
  return (await visitor.until(() => ledger.seen)) ?? []
}

/** Takes a page that has loaded to a moment; whether it is there. */
type Moment = (visitor: Tab, shop: Site, path: string) => Promise<unknown>

const asItIs: Moment = async () => {}
const sampled: Moment = () => wait(400)
// in a window of its own it stays so while a driver asks
const hidden: Moment = async (visitor) => {
  await visitor.hide()
  await visitor.until(() => document.visibilityState === 'hidden')
}

/** Opens a page, and takes it to the moment. */
const reach = (tab: (url: string) => Promise<Tab>, shop: Site, path: string, moment: Moment) =>
  thrice(async () => {
    const visitor = await tab(shop.url(path))
    await visitor.until(() => 'webVitals' in window || CRUM.debug$)
    return (await moment(visitor, shop, path)) !== false && visitor
  })

test.for<[string, Moment]>([
  ['as soon as it has loaded', asItIs],
  ['between two samples', sampled],
  ['while it is hidden', hidden],
  [
    'after a click, a scroll and a route change',
    async (visitor) => {
      await visitor.click('p')
      await visitor.script('scrollBy(0, 100)')
      await visitor.until(() => scrollY > 0)
      await visitor.script("history.pushState(null, '', '/route')")
    },
  ],
  [
    'after a return from the bfcache',
    async (visitor, shop, path) => {
      if (!(await comesBack(visitor, shop, '/next', path))) return false
      await wait(400)
    },
  ],
])('leaves nothing open where it is stopped %s', async ([, moment], { site, ownWindow }) => {
  const shop = await site(pages)
  const theirs = await left(await reach(ownWindow, shop, '/vitals', moment))
  const visitor = await reach(ownWindow, shop, '/', moment)
  expect(await ours(visitor, theirs)).not.toEqual([])
  await visitor.run(() => CRUM.stop())
  await expect.poll(() => ours(visitor, theirs)).toEqual([])
})

/** Stops the client before the page has loaded. A driver would wait for the load, so the page itself looks. */
const stopsEarly = (theirs: string[]) => `<script>{
  const theirs = ${JSON.stringify(theirs)}
  const untilEmpty = (tries) => {
    early.after = ledger.beyond(theirs)
    early.state = document.readyState
    if (early.after.length && tries) ledger.later(() => untilEmpty(tries - 1), 50)
    else fetch('/open-gate')
  }
  const look = () => {
    if (!CRUM.debug$) return ledger.later(look, 20)
    window.early = { before: ledger.beyond(theirs) }
    CRUM.stop()
    untilEmpty(200)
  }
  look()
}</script><img src="/slow.svg" alt="">`

test('leaves nothing open where it is stopped before the page has loaded', async ({ site, tab }) => {
  const shop = await site(pages)
  const opened = new Promise<void>((resolve) => {
    shop.routes['/open-gate'] = (_request, response) => void response.end(resolve)
  })
  const slow: Route = async (_request, response) => {
    await opened
    response.end()
  }
  const theirs = await left(await reach(tab, shop, '/vitals', asItIs))
  Object.assign(shop.routes, { '/': html({}, stopsEarly(theirs)), '/slow.svg': slow })
  const visitor = await tab(shop.url('/'))
  const told = await visitor.until(() => early)
  expect(told).toMatchObject({ state: 'interactive', after: [] })
  expect(told?.before).not.toEqual([])
  await expect.poll(() => ours(visitor, theirs)).toEqual([])
})

test('has no timer, frame or observer open while it is stopped for being hidden', async ({ site, ownWindow }) => {
  const shop = await site({ ...pages, '/': html({ stopCollectorAfter: 1 }) })
  const theirs = await left(await reach(ownWindow, shop, '/vitals', hidden))
  const visitor = await reach(ownWindow, shop, '/', sampled)
  // what listens also watches whether the document is written anew, which would take it away
  const isListening = (what: string) => what.startsWith('listen') || what === 'observe MutationObserver'
  const watches = async () => (await ours(visitor, theirs)).filter((what) => !isListening(what))
  expect(await watches()).not.toEqual([])
  await hidden(visitor, shop, '/')
  await expect.poll(watches).toEqual([])
})

test('puts console and history back as they were', async ({ site, tab }) => {
  const shop = await site(pages)
  const visitor = await reach(tab, shop, '/', asItIs)
  const changed = () => visitor.run(() => ledger.changed())
  expect(await changed()).toEqual(expect.arrayContaining(['error', 'warn', 'debug']))
  await visitor.run(() => CRUM.stop())
  expect(await changed()).toEqual([])
})

test('sends what is pending, entries included', async ({ site, tab }) => {
  const shop = await site({ '/': html({ samplingRate: 100_000, entriesRate: 100_000 }), '/data': 'data' })
  const visitor = await reach(tab, shop, '/', asItIs)
  await visitor.run(async () => {
    CRUM.addEvent('last')
    await (await fetch('/data')).text()
    await new Promise((resolve) => setTimeout(resolve, 100))
    CRUM.stop()
  })
  const beacons = await shop.until((beacons) => beacons.length === 2)
  const [stop, entries] = ['stop', 'entries'].map((reason) =>
    beacons.find(({ payload }) => payload.beacon.reason === reason),
  )
  expect(stop?.payload).toMatchObject({
    view: { events: [{ last: {} }] },
    metrics: { domComplete: expect.any(Number) },
  })
  expect(entries?.payload.view.resources?.map(({ name }) => name)).toContain(shop.url('/data'))
})

test('does nothing and throws nothing when it is called after that', async ({ site, tab }) => {
  const shop = await site(pages)
  const visitor = await reach(tab, shop, '/', sampled)
  const stopped = await visitor.run(() => {
    CRUM.stop()
    CRUM.stop()
    CRUM.addEvent('tardy')
    CRUM.addToLabels('tardy=1')
    CRUM.setViewId('tardy')
    CRUM.consent(true)
    const types: string[] = []
    return new Promise<string[]>((resolve) => {
      CRUM.debug$.subscribe({ next: ({ type }: Step) => types.push(type), complete: () => resolve(types) })
    })
  })
  expect(stopped.at(-1)).toBe('stop')
  await visitor.script(`
    console.error('tardy')
    performance.mark('HE-tardy')
    history.pushState(null, '', '/')
    history.replaceState(null, '', '/?tardy')
  `)
  expect(await visitor.run(() => uncaught)).toEqual([])
  const before = shop.beacons.length
  // the next page sends what is left
  await visitor.go(shop.url('/'))
  await shop.until((beacons) => beacons.length > before)
  expect(shop.beacons.map(({ text }) => text).join('\n')).not.toContain('tardy')
})
