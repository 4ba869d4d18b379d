import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import type { Collector, Settings, Step } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import type { Site } from './harness/site.ts'
import { loader } from './harness/snippet.ts'
import { back, hide } from './harness/tabs.ts'

declare const CRUM: Collector
declare const ledger: { open(): string[]; originals: Record<string, unknown>[] }

const document = (script: string, body = '<p>hello') =>
  `<!doctype html><html><head><title>page</title><script>(${keepLedger})()</script>${script}</head><body>${body}</body></html>`

const page = (settings: Partial<Settings> = {}, body?: string) =>
  document(loader('/rum', { samplingRate: 100, ...settings }), body)

/** The web-vitals package alone, asked for what the client asks it for. */
const vitals = document(`<script src="/web-vitals.js"></script><script>
  for (const on of ['onFCP', 'onLCP', 'onCLS', 'onINP', 'onTTFB']) webVitals[on](() => {}, { reportAllChanges: true, reportSoftNavs: true })
</script>`)
const script = readFileSync('node_modules/web-vitals/dist/web-vitals.iife.js', 'utf8')
const routes = {
  '/vitals': vitals,
  '/web-vitals.js': { body: script, headers: { 'content-type': 'text/javascript' } },
  '/next': 'next',
}

const left = (visitor: Page) => visitor.evaluate(() => ledger.open())

/**
 * What the page has open beyond what web-vitals leaves, whose listeners and observers can't be taken back: they are those
 * of a page that has only that package and came to the same moment.
 */
async function ours(visitor: Page, vitals: string[]): Promise<string[]> {
  const theirs = vitals.filter((what) => /^(listen|observe)/.test(what))
  return (await left(visitor)).filter((what) => {
    const index = theirs.indexOf(what)
    if (index >= 0) theirs.splice(index, 1)
    return index < 0
  })
}

/** Opens a page, waits for the script, and takes it to the moment. */
async function reach(tab: (url?: string) => Promise<Page>, url: string, moment: (visitor: Page) => Promise<unknown>) {
  const visitor = await tab()
  await visitor.goto(url, { waitUntil: 'commit' })
  await visitor.waitForFunction(() => 'webVitals' in window || CRUM.debug$)
  await moment(visitor)
  return visitor
}

const loaded = (visitor: Page) => visitor.waitForLoadState()
const sampled = async (visitor: Page) => {
  await visitor.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)))
}

const moments = [
  ['before the page has loaded', '/slow', async () => {}],
  ['as soon as it has loaded', '/', loaded],
  ['between two samples', '/', sampled],
  [
    'while it is hidden',
    '/',
    async (visitor: Page) => {
      await loaded(visitor)
      await hide(visitor)
    },
  ],
  [
    'after a click, a scroll and a route change',
    '/',
    async (visitor: Page) => {
      await loaded(visitor)
      await visitor.click('p')
      await visitor.mouse.wheel(0, 100)
      await visitor.evaluate(() => history.pushState(null, '', '/route'))
    },
  ],
  [
    'after a return from the bfcache',
    '/',
    async (visitor: Page) => {
      await loaded(visitor)
      await visitor.goto(new URL('/next', visitor.url()).href)
      await back(visitor)
      await sampled(visitor)
    },
  ],
] as const

test.for(moments)('leaves nothing open where it is stopped %s', async ([, path, moment], { site, tab }) => {
  const never = () => {}
  const shop = await site({
    ...routes,
    '/': page(),
    '/slow': page({}, '<p>hello<img src="/never.svg" alt="">'),
    '/never.svg': never,
  })
  const theirs = await left(await reach(tab, shop.url('/vitals'), path === '/slow' ? async () => {} : moment))
  const visitor = await reach(tab, shop.url(path), moment)
  expect(await ours(visitor, theirs)).not.toEqual([])
  await visitor.evaluate(() => CRUM.stop())
  await expect.poll(() => ours(visitor, theirs)).toEqual([])
})

test('has no timer, frame or observer open while it is stopped for being hidden', async ({ site, tab }) => {
  const shop = await site({ ...routes, '/': page({ stopCollectorAfter: 1 }) })
  const theirs = await left(await reach(tab, shop.url('/vitals'), async (visitor) => hide(visitor)))
  const visitor = await reach(tab, shop.url('/'), sampled)
  await hide(visitor)
  // what listens also watches whether the document is written anew, which would take it away
  const isListening = (what: string) => what.startsWith('listen') || what === 'observe MutationObserver'
  const watches = async () => (await ours(visitor, theirs)).filter((what) => !isListening(what))
  expect(await watches()).not.toEqual([])
  await expect.poll(watches).toEqual([])
})

test('puts console and history back as they were', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await reach(tab, shop.url('/'), loaded)
  const changed = () =>
    visitor.evaluate(() => {
      const [console_, history_] = ledger.originals
      const differs = (now: object, then: object) =>
        Object.entries(then)
          .filter(([name, value]) => (now as Record<string, unknown>)[name] !== value)
          .map(([name]) => name)
      return [...differs(console, console_ as object), ...differs(history, history_ as object)]
    })
  expect(await changed()).toEqual(expect.arrayContaining(['error', 'warn', 'debug']))
  await visitor.evaluate(() => CRUM.stop())
  expect(await changed()).toEqual([])
})

test('sends what is pending, entries included', async ({ site, tab }) => {
  const shop = await site({ '/': page({ samplingRate: 100_000, entriesRate: 100_000 }), '/data': 'data' })
  const visitor = await reach(tab, shop.url('/'), loaded)
  await visitor.evaluate(async () => {
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
  const shop = await site({ '/': page() })
  const visitor = await reach(tab, shop.url('/'), sampled)
  const stopped = await visitor.evaluate(() => {
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
  await visitor.evaluate(() => {
    console.error('tardy')
    performance.mark('HE-tardy')
    history.pushState(null, '', '/tardy')
  })
  await visitor.reload()
  expect(text(shop)).not.toContain('tardy')
})

const text = (shop: Site) => shop.beacons.map(({ text }) => text).join('\n')

/** Runs in the page before all else: keeps a ledger of the listeners, timers, frames and observers that are open. */
function keepLedger() {
  const open = new Map<string, string>()
  const numbers = new WeakMap<object, number>()
  let last = 0
  const number = (of: object) => numbers.get(of) ?? numbers.set(of, ++last).get(of)
  const names = ['error', 'warn', 'debug', 'log', 'info', 'pushState', 'replaceState', 'back', 'go'] as const
  const methods = (of: object) =>
    Object.fromEntries(names.filter((name) => name in of).map((name) => [name, (of as Record<string, unknown>)[name]]))
  Object.assign(window, {
    ledger: { open: () => [...open.values()].sort(), originals: [methods(console), methods(history)] },
  })

  const { addEventListener, removeEventListener } = EventTarget.prototype
  type Listen = [type: string, listener: object | null, options?: boolean | AddEventListenerOptions]
  const keyOf = (target: object, [type, listener, options]: Listen) =>
    `${number(target)} ${type} ${listener && number(listener)} ${typeof options === 'object' ? !!options.capture : !!options}`
  EventTarget.prototype.addEventListener = function (this: EventTarget, ...args: Listen) {
    const target = this ?? window
    const key = keyOf(target, args)
    open.set(key, `listen ${target.constructor.name} ${args[0]}`)
    const closed = () => open.delete(key)
    if (typeof args[2] === 'object' && args[2].once) addEventListener.call(target, args[0], closed, args[2])
    if (typeof args[2] === 'object') args[2].signal?.addEventListener('abort', closed)
    return addEventListener.apply(target, args as never)
  }
  EventTarget.prototype.removeEventListener = function (this: EventTarget, ...args: Listen) {
    open.delete(keyOf(this ?? window, args))
    return removeEventListener.apply(this ?? window, args as never)
  }

  const page = window as unknown as Record<string, (...args: never[]) => number>
  const takesTime = (take: string, giveBack: string, repeats: boolean) => {
    const [original, undo] = [page[take], page[giveBack]] as [(...args: unknown[]) => number, (id: number) => number]
    page[take] = (callback: (...args: unknown[]) => void, ...rest: unknown[]) => {
      const id = original.call(
        window,
        (...args: unknown[]) => {
          if (!repeats) open.delete(`${take} ${id}`)
          callback(...args)
        },
        ...rest,
      )
      open.set(`${take} ${id}`, take)
      return id
    }
    page[giveBack] = (id: number) => {
      // timers and intervals share their numbers
      for (const name of [take, 'setTimeout', 'setInterval'])
        if (!/Frame|Idle/.test(take) || name === take) open.delete(`${name} ${id}`)
      return undo.call(window, id)
    }
  }
  takesTime('setTimeout', 'clearTimeout', false)
  takesTime('setInterval', 'clearInterval', true)
  takesTime('requestAnimationFrame', 'cancelAnimationFrame', false)
  takesTime('requestIdleCallback', 'cancelIdleCallback', false)

  for (const { prototype } of [PerformanceObserver, ReportingObserver, MutationObserver] as {
    prototype: PerformanceObserver
  }[]) {
    const { observe, disconnect } = prototype
    prototype.observe = function (this: PerformanceObserver, ...args: [PerformanceObserverInit?]) {
      open.set(`observer ${number(this)}`, `observe ${args[0]?.type ?? this.constructor.name}`)
      return observe.apply(this, args)
    }
    prototype.disconnect = function (this: PerformanceObserver) {
      open.delete(`observer ${number(this)}`)
      return disconnect.call(this)
    }
  }
}
