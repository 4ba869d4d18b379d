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
  '/recover': page({ settings: { samplingRate: 500 } }),
}

const numbers = Array.from({ length: 20 }, (_, number) => number)

type Leave = (tab: Tab, shop: Site) => Promise<unknown>

const ways: [name: string, leave: Leave][] = [
  ['a link is followed', (tab) => tab.click('a')],
  ['a script goes to another page', (tab) => tab.run(() => void setTimeout(() => location.assign('/next')))],
  ['an address is typed', (tab, shop) => tab.go(shop.url('/next'))],
  ['the page is reloaded', (tab) => tab.reload()],
  ['the tab is closed', (tab) => tab.close()],
  ['the page is hidden', (tab) => tab.hide()],
]

const numbersIn = (beacons: Arrival[]) =>
  beacons.flatMap(({ payload }) => (payload?.view?.events ?? []).map(({ n }) => (n as { number: number }).number))

/**
 * Leaves a page that has something to tell. What has not arrived soon is there on the next page: Firefox may end a script
 * in the midst of its `pagehide` when it closes a tab, and a busy machine gives it the time to.
 */
async function leaveOnce(leave: Leave, shop: Site, tab: (url: string) => Promise<Tab>) {
  const visitor = await tab(shop.url('/'))
  await visitor.run((numbers) => {
    for (const number of numbers) CRUM.addEvent('n', { number })
  }, numbers)
  await leave(visitor, shop)
  const isAllThere = (beacons: Arrival[]) => numbersIn(unique(beacons)).length >= numbers.length
  const isAtOnce = await shop.until(isAllThere, 5000).then(
    () => true,
    () => false,
  )
  if (!isAtOnce) await tab(shop.url('/recover'))
  const beacons = unique(await shop.until(isAllThere))
  expect(numbersIn(beacons)).toEqual(numbers)
  return { isAtOnce, beacons }
}

test.for(ways)('tells all there was, each once, when %s', async ([, leave], { site, tab }) => {
  for (let tries = 1; ; tries++) {
    const { isAtOnce, beacons } = await leaveOnce(leave, await site(pages), tab)
    if (!isAtOnce && tries < 6) continue
    expect(isAtOnce).toBe(true)
    const [{ payload } = beacons[0] as Arrival] = beacons.filter(({ payload }) => payload?.view?.events)
    expect(payload.beacon.reason).toBe('hidden')
    expect(payload.view.visibility).toBe('hidden')
    return
  }
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

test('tells what happens in handlers that were added later than ours', async ({ site, tab }) => {
  const shop = await site(pages)
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => {
    const leaving: [EventTarget, string][] = [
      [window, 'pagehide'],
      [document, 'visibilitychange'],
      [window, 'visibilitychange'],
    ]
    for (const [at, [target, type]] of leaving.entries()) {
      target.addEventListener(type, () => CRUM.addEvent('n', { number: at }))
    }
  })
  await visitor.click('a')
  const beacons = unique(await shop.until((beacons) => numbersIn(unique(beacons)).length >= 3))
  expect(numbersIn(beacons).sort()).toEqual([0, 1, 2])
  expect(new Set(beacons.map(({ payload }) => payload.beacon.id)).size).toBe(beacons.length)
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
