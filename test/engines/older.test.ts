import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

declare const uncaught: string[]

/** What a browser older than the floor lacks, and what a page may have broken: as code that takes it away. */
const lacking = [
  'Array.prototype.at',
  'Array.prototype.flatMap',
  'Object.fromEntries',
  'Object.hasOwn',
  'String.prototype.replaceAll',
  'String.prototype.matchAll',
  'Promise.allSettled',
  'window.queueMicrotask',
  'window.structuredClone',
  'window.PerformanceObserver',
  'window.AbortController',
  'window.fetch',
  'window.URL',
  'window.URLSearchParams',
  'window.MutationObserver',
  'window.WeakMap',
  'window.Map',
  'window.Symbol',
  'window.Promise',
  'performance.now',
  'performance.getEntriesByType',
  'document.getAnimations',
  'Element.prototype.closest',
  'Event.prototype.composedPath',
  'window.requestAnimationFrame',
  'window.indexedDB',
  'window.localStorage',
]

const takeAway = (path: string) => {
  const [owner, name] = [path.slice(0, path.lastIndexOf('.')), path.slice(path.lastIndexOf('.') + 1)]
  return `Object.defineProperty(${owner}, '${name}', { value: undefined, configurable: true, writable: true });`
}

/** The witness of `page` comes first, and the client after. */
const without = (...paths: string[]) => page({ head: `<script>${paths.map(takeAway).join('')}</script>` })

test('throws nothing into a page whose browser lacks something, whatever it is', async ({ site, tab }) => {
  const visitor = await tab()
  for (const path of lacking) {
    const shop = await site({ '/': without(path), '/next': '<title>next</title>next' })
    await visitor.go(shop.url('/'))
    await visitor.click('h1')
    expect(await visitor.run(() => uncaught), `without ${path}`).toEqual([])
    await visitor.go(shop.url('/next'))
  }
})

test('throws nothing into a page whose browser lacks all of it', async ({ site, tab }) => {
  // what WebDriver itself runs on stays
  const own = ['window.Promise', 'window.Symbol', 'window.Map', 'window.WeakMap', 'performance.now']
  const shop = await site({ '/': without(...lacking.filter((path) => !own.includes(path))) })
  const visitor = await tab(shop.url('/'))
  await visitor.click('h1')
  expect(await visitor.run(() => uncaught)).toEqual([])
})

test('does not need requestIdleCallback', async ({ site, tab }) => {
  const shop = await site({
    '/': page({
      head: `<script>${takeAway('window.requestIdleCallback')}${takeAway('window.cancelIdleCallback')}</script>`,
      body: '<button crum-action="order">Order</button>',
    }),
  })
  const visitor = await tab(shop.url('/'))
  await visitor.click('button')
  await shop.until((beacons) => beacons.some(({ payload }) => payload?.view?.actions))
  expect(await visitor.run(() => uncaught)).toEqual([])
})
