import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../src/index.ts'
import type { Route } from '../browser/harness/routes.ts'
import type { Site } from '../browser/harness/site.ts'
import { svg } from '../browser/readings/row.ts'
import { type Told, told } from '../browser/readings/told.ts'
import type { Tab } from './driver/tab.ts'
import { page } from './shop.ts'

declare const CRUM: Collector
declare const seen: PerformanceEntry[]
declare const clickedAt: number

/** A stay on one page, in which some of the fields of a payload get a value. */
export interface Visit {
  pages: Record<string, Route>
  /** Path of the page that is asked about. */
  path: string
  stay(tab: Tab, shop: Site): Promise<void>
}

/** What the page of a visit has told. */
export const toldOf = ({ path }: Visit, { beacons }: Site): Told =>
  told(beacons.filter(({ payload }) => payload?.view?.pathname === path))

const observer = `<script>
  var seen = []
  for (const type of PerformanceObserver.supportedEntryTypes) new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({ type, buffered: true, durationThreshold: 16 })
</script>`

const html = { 'content-type': 'text/html;charset=utf-8' }
const timing = { 'server-timing': 'render;dur=20.5;desc="on the server"' }

const appScript = `
  function order() {
    clickedAt = event.timeStamp - 30
    busy(130)
    document.querySelector('p').style.marginTop = '80px'
    setTimeout(function later() { throw new TypeError('no basket', { cause: new Error('empty') }) })
  }
  document.querySelector('button').onclick = order
  setTimeout(() => { document.querySelector('h1').style.marginTop = '60px' }, 50)
`

/** All that happens on a page of its own accord, a slow click, and the way out. */
const shop: Visit = {
  path: '/shop',
  pages: {
    '/start': '<title>start</title><a href="/shop?id=1#top">shop</a>',
    '/shop': {
      headers: { ...html, ...timing },
      body: page({
        head: `${observer}<script>busy(80); performance.mark('HE-menu', { detail: { items: 3 } })</script>
          <link rel="stylesheet" href="/shop.css"><style>@font-face { font-family: own; src: url(/own.woff2) } h1 { font-family: own, serif }</style>`,
        body: `<img src="/picture.svg" width="300" height="200" alt=""><p>Order now</p><button crum-action="order">Order</button>
          <object data="/other.txt" type="text/plain" width="9" height="9"></object>
          <script src="/moved.js"></script><script>fetch('/prices.json')</script>`,
        settings: { labels: 'env=test' },
      }),
    },
    '/shop.css': 'p { color: teal }',
    '/own.woff2': 'no font',
    '/other.txt': { body: 'other', headers: { 'content-type': 'text/plain' } },
    '/picture.svg': { body: svg, headers: { 'content-type': 'image/svg+xml', ...timing } },
    '/moved.js': { status: 302, headers: { location: '/app.js' } },
    '/app.js': appScript,
    '/prices.json': '{}',
    '/away': '<title>away</title>away',
  },
  stay: async (tab, shop) => {
    await tab.go(shop.url('/start'))
    await tab.click('a')
    await tab.until(() => location.pathname === '/shop' && document.readyState === 'complete')
    await tab.run(() => {
      console.error('an error', { id: 1 })
      CRUM.addEvent('order', { items: 2 })
      CRUM.addError(new Error('no basket, as was found'), { cart: 1 })
    })
    // a click ends the LCP, and what shifts after it is expected: a busy machine may paint late
    for (const type of ['largest-contentful-paint', 'layout-shift']) {
      await tab.until(
        (type) =>
          !PerformanceObserver.supportedEntryTypes.includes(type) || seen.some(({ entryType }) => entryType === type),
        type,
      )
    }
    await tab.click('button')
    // entries come when their frame has been painted
    for (const type of ['event', 'long-animation-frame', 'layout-shift']) {
      await tab.until(
        (type) =>
          !PerformanceObserver.supportedEntryTypes.includes(type) ||
          seen.some(({ entryType, startTime }) => entryType === type && startTime >= clickedAt),
        type,
      )
    }
    for (const list of ['actions', 'fps'] as const) {
      await shop.until((beacons) => beacons.some(({ payload }) => payload?.view?.[list]))
    }
    await tab.go(shop.url('/away'))
  },
}

/** A route change that the browser takes for a navigation, if it knows such. */
const soft: Visit = {
  path: '/soft',
  pages: {
    '/app': page({
      head: observer,
      body: `<button onclick="history.pushState(0, '', '/soft'); document.body.append(Object.assign(document.createElement('h2'), { textContent: 'another page, as it seems' }))">Go</button>`,
    }),
    '/away': '<title>away</title>away',
  },
  stay: async (tab, shop) => {
    await tab.go(shop.url('/app'))
    await tab.click('button')
    await tab.until(
      () =>
        !PerformanceObserver.supportedEntryTypes.includes('soft-navigation') ||
        seen.some(({ entryType }) => entryType === 'soft-navigation'),
    )
    await tab.run(() => CRUM.addEvent('soft'))
    await shop.until((beacons) => beacons.some(({ payload }) => payload?.view?.pathname === '/soft'))
    await tab.go(shop.url('/away'))
  },
}

/** A return to a page that the back/forward cache does not take, since its status is 404. */
const back: Visit = {
  path: '/gone',
  pages: {
    '/gone': { status: 404, headers: html, body: page() },
    '/away': '<title>away</title>away',
  },
  stay: async (tab, shop) => {
    await tab.go(shop.url('/gone'))
    await tab.go(shop.url('/away'))
    await tab.back('/gone')
  },
}

/** More at once than a sample takes. */
const flood: Visit = {
  path: '/flood',
  pages: { '/flood': page() },
  stay: async (tab, shop) => {
    await tab.go(shop.url('/flood'))
    await tab.run(() => {
      for (let i = 0; i < 1100; i++) CRUM.addEvent('drop')
    })
  },
}

/** A page that is seen again after it was hidden for long: another view, as after a return from the back/forward cache. */
const restored: Visit = {
  path: '/restored',
  pages: { '/restored': page({ settings: { samplingRate: 300, stopCollectorAfter: 0.2 } }) },
  stay: async (tab, shop) => {
    await tab.go(shop.url('/restored'))
    await shop.until((beacons) => beacons.length > 0)
    const isAgain = () => shop.beacons.some(({ payload }) => payload.view.timeOrigin)
    // the timers of a hidden page are slow, on a busy machine even more
    for (let tries = 1; tries <= 5 && !isAgain(); tries++) {
      await tab.hide()
      await wait(tries * 1500)
      await tab.show()
      await tab.run(() => CRUM.addEvent('again'))
      await shop.until(isAgain, 3000).catch(() => {})
    }
  },
}

export const visits = { shop, soft, back, flood, restored }
