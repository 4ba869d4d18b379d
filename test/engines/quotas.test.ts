import type { Collector } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

declare const CRUM: Collector

/** Events of 6 KB each. */
const tell = (numbers: number[]) => {
  for (const number of numbers) CRUM.addEvent('n', { number, ballast: ['x', 'y', 'z'].map((x) => x.repeat(1990)) })
}

const numbersIn = (beacons: Arrival[]) =>
  beacons.flatMap(({ payload }) => (payload?.view?.events ?? []).map(({ n }) => (n as { number: number }).number))

test('tells more than the browser lets a leaving page send, when the page itself has used the quota up', async ({
  site,
  tab,
}) => {
  const shop = await site({
    '/': page({ settings: { samplingRate: 60_000 }, body: '<a href="/next">next</a>' }),
    '/next': page(),
    '/slow': { status: 204, delay: 3000 },
  })
  const visitor = await tab(shop.url('/'))
  const sent = [1, 2, 3, 4]
  await visitor.run(tell, sent)
  await visitor.run(() => {
    addEventListener('pagehide', () => navigator.sendBeacon('/slow', 'x'.repeat(60_000)), true)
  })
  await visitor.click('a')
  const beacons = await shop.until((beacons) => new Set(numbersIn(beacons)).size === sent.length)
  const ids = new Map(
    beacons.flatMap(({ payload }) => (payload?.beacon ? [[payload.beacon.id, payload] as const] : [])),
  )
  const once = [...ids.values()].flatMap(({ view }) =>
    (view.events ?? []).map(({ n }) => (n as { number: number }).number),
  )
  expect(once.sort()).toEqual(sent)
})

test('is as good without sendBeacon, and without keepalive', async ({ site, tab }) => {
  const shop = await site({
    '/': page({
      settings: { samplingRate: 60_000 },
      head: `<script>navigator.sendBeacon = () => false</script>`,
      body: '<a href="/next">next</a>',
    }),
    '/next': page(),
  })
  const visitor = await tab(shop.url('/'))
  await visitor.run(tell, [1, 2, 3])
  await visitor.click('a')
  const beacons = await shop.until((beacons) => new Set(numbersIn(beacons)).size === 3)
  expect(new Set(numbersIn(beacons))).toEqual(new Set([1, 2, 3]))
})
