import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { expect, test } from '../engineTest.ts'
import { ticksIn } from './ticksIn.ts'

declare const CRUM: Collector

/** A worker that has a page for offline, under its own address and one that redirects to it, and listens to requests like this. */
const worker = (listener: string) => `
  addEventListener('install', (event) => {
    skipWaiting()
    event.waitUntil(caches.open('v1').then((cache) => cache.addAll(['/offline.html', '/moved'])))
  })
  addEventListener('activate', (event) => event.waitUntil(clients.claim()))
  addEventListener('fetch', ${listener})`

const html = `<!doctype html><title>page</title>
  <script>
    navigator.serviceWorker.register('/sw.js')
  </script>${loader('/rum', { samplingRate: 100 })}`

const pages = (listener: string) => ({
  ...{ '/': html, '/offline.html': '<h1>You are offline</h1>' },
  '/moved': { status: 302, headers: { location: '/offline.html' } },
  '/sw.js': { body: worker(listener), headers: { 'content-type': 'text/javascript' } },
})

// as tutorials have it
test.for([
  ['a page for offline', '/offline.html', '200 from'],
  ['a page that was redirected when it was cached', '/moved', 'moved to'],
] as const)('delivers what a service worker has answered with %s', async ([, path, cause], { site, tab }) => {
  const at = await site(
    pages(`(event) => event.respondWith(fetch(event.request).catch(() => caches.match('${path}')))`),
  )
  const visitor = await tab(at.url('/'))
  await visitor.until(() => navigator.serviceWorker.controller)
  await at.until((beacons) => beacons.length > 0)
  await at.shut()
  await visitor.run(() => CRUM.addEvent('tick', 1))
  const causes = () =>
    visitor.run(() => {
      const seen: unknown[] = []
      CRUM.debug$.filter('retry').subscribe(({ cause }) => seen.push(cause))
      return seen
    })
  await expect.poll(causes).toContain(`${cause} ${at.url('/offline.html')}`)
  await at.reopen()
  const ticks = async () => {
    // on a busy machine it may have failed often, and would wait for long
    await visitor.run(() => dispatchEvent(new Event('online')))
    return ticksIn(at.beacons)
  }
  await expect.poll(ticks).toContain(1)
  expect(at.requests).not.toContain('POST /offline.html')
})

test('takes no page for the endpoint that a service worker has given once, where the network is back at once', async ({
  site,
  tab,
}) => {
  const at = await site(
    pages(`(event) => {
      if (event.request.method !== 'POST' || globalThis.wasAsked) return
      wasAsked = true
      event.respondWith(caches.match('/moved'))
    }`),
  )
  const visitor = await tab(at.url('/'))
  await visitor.until(() => navigator.serviceWorker.controller)
  await visitor.run(() => CRUM.addEvent('tick', 1))
  await expect.poll(() => ticksIn(at.beacons)).toEqual([1])
  await visitor.run(() => CRUM.addEvent('tick', 2))
  await expect.poll(() => ticksIn(at.beacons)).toEqual([1, 2])
  expect(at.requests).not.toContain('POST /offline.html')
})
