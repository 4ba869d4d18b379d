import type { Collector } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import type { Site } from '../browser/harness/site.ts'
import type { Tab } from './driver/tab.ts'
import { expect, test } from './engineTest.ts'
import { unique } from './receiver.ts'
import { page } from './shop.ts'

declare const CRUM: Collector

/** No sample ends by itself while one of these pages lives. */
const slow = { samplingRate: 60_000 }

const pages = {
  '/': page({ settings: slow, body: '<a href="/next">next</a>' }),
  '/next': '<title>next</title>next',
  '/opener': '<title>opener</title>opener',
}

const ways: [name: string, leave: (tab: Tab, shop: Site) => Promise<unknown>][] = [
  ['a link is followed', (tab) => tab.click('a')],
  ['a script goes to another page', (tab) => tab.run(() => void setTimeout(() => location.assign('/next')))],
  ['an address is typed', (tab, shop) => tab.go(shop.url('/next'))],
  ['the page is reloaded', (tab) => tab.reload()],
  ['the tab is closed', (tab) => tab.close()],
  ['the page is hidden', (tab) => tab.hide()],
]

const numbersIn = (beacons: Arrival[]) =>
  beacons.flatMap(({ payload }) => (payload?.view?.events ?? []).map(({ n }) => (n as { number: number }).number))

test.for(ways)('tells all there was, each once, when %s', async ([, leave], { site, tab }) => {
  const shop = await site(pages)
  const visitor = await tab(shop.url('/'))
  const sent = Array.from({ length: 20 }, (_, number) => number)
  await visitor.run((numbers) => {
    for (const number of numbers) CRUM.addEvent('n', { number })
  }, sent)
  await leave(visitor, shop)
  const beacons = await shop.until((beacons) => numbersIn(beacons).length >= sent.length)
  expect(numbersIn(beacons)).toEqual(sent)
  const [{ payload } = beacons[0] as Arrival] = beacons.filter(({ payload }) => payload?.view?.events)
  expect(payload.beacon.reason).toBe('hidden')
  expect(payload.view.visibility).toBe('hidden')
})

test('tells what happens in the handlers of the page itself when it is left', async ({ site, tab }) => {
  const shop = await site({
    ...pages,
    '/': page({
      settings: slow,
      head: `<script>
        addEventListener('beforeunload', () => CRUM.addEvent('n', { number: 1 }))
        addEventListener('pagehide', () => CRUM.addEvent('n', { number: 2 }), true)
      </script>`,
      body: '<a href="/next">next</a>',
    }),
  })
  const visitor = await tab(shop.url('/'))
  await visitor.click('a')
  expect(numbersIn(await shop.until((beacons) => numbersIn(beacons).length >= 2))).toEqual([1, 2])
})

test('counts seq up without a gap, whatever the way out sends', async ({ site, tab }) => {
  const shop = await site({ ...pages, '/': page({ body: '<img src="/none.png" alt=""><a href="/next">next</a>' }) })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length > 1)
  await visitor.run(() => CRUM.addEvent('last'))
  await visitor.click('a')
  const beacons = await shop.until((beacons) => beacons.some(({ payload }) => payload?.view?.events))
  const seqs = [...new Set(beacons.map(({ payload }) => payload.beacon.seq))].sort((one, other) => one - other)
  expect(seqs).toEqual(seqs.map((_, index) => index))
})

test('tells what is larger than one beacon may be, and more than a leaving page may send, at the latest on the next page', async ({
  site,
  tab,
}) => {
  const shop = await site({ ...pages, '/next': page() })
  const visitor = await tab(shop.url('/'))
  const sent = Array.from({ length: 40 }, (_, number) => number)
  await visitor.run((numbers) => {
    for (const number of numbers) CRUM.addEvent('n', { number, ballast: ['x', 'y', 'z'].map((x) => x.repeat(1990)) })
  }, sent)
  await visitor.click('a')
  const beacons = await shop.until((beacons) => new Set(numbersIn(unique(beacons))).size >= sent.length)
  expect(numbersIn(unique(beacons)).sort((one, other) => one - other)).toEqual(sent)
  for (const { bytes } of beacons) expect(bytes).toBeLessThanOrEqual(60 * 1024)
})
