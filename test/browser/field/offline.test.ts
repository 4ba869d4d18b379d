import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import { loader } from '../harness/snippet.ts'

declare const CRUM: Collector

/** A worker that answers what fails from its cache, as tutorials have it. */
const worker = (answer: string) => `
  addEventListener('install', (event) => {
    skipWaiting()
    event.waitUntil(caches.open('v1').then((cache) => cache.addAll(['/offline.html', '/moved'])))
  })
  addEventListener('activate', (event) => event.waitUntil(clients.claim()))
  addEventListener('fetch', (event) => event.respondWith(fetch(event.request).catch(() => ${answer})))`

const html = `<!doctype html><title>page</title>
  <script>
    navigator.serviceWorker.register('/sw.js')
    const controlled = navigator.serviceWorker.controller ? 1 : new Promise((resolve) => { navigator.serviceWorker.oncontrollerchange = resolve })
  </script>${loader('/rum', { samplingRate: 100 })}`

test.for([
  ['a page for offline', "caches.match('/offline.html')", '200 from'],
  ['a page that was redirected when it was cached', "caches.match('/moved')", 'moved to'],
] as const)('delivers what a service worker has answered with %s', async ([, answer, cause], { site, tab }) => {
  const at = await site({
    ...{ '/': html, '/offline.html': '<h1>You are offline</h1>' },
    '/moved': { status: 302, headers: { location: '/offline.html' } },
    '/sw.js': { body: worker(answer), headers: { 'content-type': 'text/javascript' } },
  })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate('controlled.then?.(() => 1)')
  await at.until((beacons) => beacons.length > 0)
  await at.shut()
  await visitor.evaluate(() => CRUM.addEvent('tick', 1))
  const causes = () =>
    visitor.evaluate(() => {
      const seen: unknown[] = []
      CRUM.debug$.filter('retry').subscribe(({ cause }) => seen.push(cause))
      return seen
    })
  await expect.poll(causes).toContain(`${cause} ${at.url('/offline.html')}`)
  await at.reopen()
  const ticks = async () => {
    // on a busy machine it may have failed often, and would wait for long
    await visitor.evaluate(() => dispatchEvent(new Event('online')))
    return at.beacons.flatMap(({ payload }) => payload.view.events ?? []).map(({ tick }) => tick)
  }
  await expect.poll(ticks, { timeout: 20_000 }).toContain(1)
  expect(at.requests.filter((request) => request.startsWith('POST'))).not.toContain('POST /offline.html')
})

test('takes no page for the endpoint that a service worker has given once, where the network is back at once', async ({
  site,
  tab,
}) => {
  const once = `let isFirst = true
  addEventListener('fetch', (event) => {
    if (event.request.method !== 'POST' || !isFirst) return
    isFirst = false
    event.respondWith(caches.match('/moved'))
  })`
  const at = await site({
    ...{ '/': html, '/offline.html': '<h1>You are offline</h1>' },
    '/moved': { status: 302, headers: { location: '/offline.html' } },
    '/sw.js': {
      body: worker('never').replace(/addEventListener\('fetch'.*/, once),
      headers: { 'content-type': 'text/javascript' },
    },
  })
  const visitor = await tab(at.url('/'))
  await visitor.evaluate('controlled.then?.(() => 1)')
  await visitor.evaluate(() => CRUM.addEvent('tick', 1))
  const ticks = () => at.beacons.flatMap(({ payload }) => payload.view.events ?? []).map(({ tick }) => tick)
  await expect.poll(ticks).toEqual([1])
  await visitor.evaluate(() => CRUM.addEvent('tick', 2))
  await expect.poll(ticks).toEqual([1, 2])
  expect(at.requests.filter((request) => request.startsWith('POST'))).not.toContain('POST /offline.html')
})
