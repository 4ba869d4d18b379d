import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

declare const uncaught: string[]

/** What a frame has. */
interface Witness {
  uncaught: string[]
  CRUM?: unknown
}

/** What a browser may lack that knows the language of the floor; what is as old as promises is in all of them. */
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
  return `delete ${owner}.${name}; if ('${name}' in ${owner}) Object.defineProperty(${owner}, '${name}', { value: undefined, configurable: true, writable: true });`
}

/** The witness of `page` comes first, and the client after. */
const without = (...paths: string[]) => page({ head: `<script>${paths.map(takeAway).join('')}</script>` })

test('throws nothing into a page whose browser lacks something, or all of it', async ({ site, tab }) => {
  const rows = [...lacking.map((path) => [path]), lacking]
  // each frame has globals of its own, and the page around them has all
  const frames = rows.map((_, at) => `<iframe src="/${at}"></iframe>`)
  const shop = await site({
    '/': frames.join(''),
    ...Object.fromEntries(rows.map((paths, at) => [`/${at}`, without(...paths)])),
  })
  const visitor = await tab(shop.url('/'))
  const told = await visitor.run(async () => {
    const all = Array.from(
      document.querySelectorAll('iframe'),
      ({ contentWindow }) => contentWindow as Window & Witness,
    )
    for (const { document } of all) document.querySelector('h1')?.click()
    // some samples long
    await new Promise((resolve) => setTimeout(resolve, 1000))
    return all.map(({ uncaught, CRUM }) => ({ uncaught, hasClient: CRUM !== undefined }))
  })
  for (const [at, { uncaught }] of told.entries()) expect(uncaught, `without ${rows[at]}`).toEqual([])
  // or nothing was tried
  expect(told.filter(({ hasClient }) => hasClient).length).toBeGreaterThan(rows.length / 2)
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
