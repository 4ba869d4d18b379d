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
  ['a page for offline', "caches.match('/offline.html')", '/offline.html'],
  ['a page that was redirected when it was cached', "caches.match('/moved')", '/offline.html'],
] as const)('delivers what a service worker has answered with %s', async ([, answer, from], { site, tab }) => {
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
  await expect.poll(causes).toContain(`200 from ${at.url(from)}`)
  await at.reopen()
  const ticks = () => at.beacons.flatMap(({ payload }) => payload.view.events ?? []).map(({ tick }) => tick)
  await expect.poll(ticks, { timeout: 20_000 }).toContain(1)
})
