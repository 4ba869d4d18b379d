import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../src/index.ts'
import type { site } from '../browser/harness/site.ts'
import type { Tab } from './driver/tab.ts'
import { expect, test } from './engineTest.ts'
import { unique } from './receiver.ts'
import { page } from './shop.ts'

declare const CRUM: Collector & { stayed?: boolean }

const pages = { '/': page({ body: '<a href="/next">next</a>' }), '/next': '<title>next</title>next' }

/** A busy Firefox refuses its cache now and then: three tries at most. */
async function comeBack(open: typeof site, tab: (url: string) => Promise<Tab>, tries = 3) {
  const shop = await open(pages)
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => {
    CRUM.stayed = true
    CRUM.addEvent('before')
  })
  // by then it has looked for what others have left; and what is under way keeps Firefox from it
  await shop.until((beacons) => beacons.some(({ payload }) => payload?.view?.events))
  for (let before = 0; before < shop.beacons.length; await wait(500)) before = shop.beacons.length
  await visitor.click('a')
  await visitor.until(() => location.pathname === '/next')
  await visitor.back('/')
  if (!(await visitor.run(() => CRUM.stayed)) && tries > 1) return comeBack(open, tab, tries - 1)
  expect(await visitor.run(() => CRUM.stayed)).toBe(true)
  return { shop, visitor }
}

test('is taken into the back/forward cache with the client at work, and is a new view when it comes back, in the same session', async ({
  site,
  tab,
}) => {
  const { shop, visitor } = await comeBack(site, tab)
  await visitor.run(() => CRUM.addEvent('after'))
  const beacons = await shop.until((beacons) =>
    beacons.some(({ payload }) => payload?.view?.events?.some((event) => 'after' in event)),
  )
  const [first] = beacons
  const restored = beacons.filter(({ payload }) => payload.view.startTime > (first?.payload.view.startTime ?? 0))
  expect(restored.map(({ payload }) => payload.beacon.seq)).toEqual(restored.map((_, seq) => seq))
  expect(new Set(beacons.map(({ payload }) => payload.session.id)).size).toBe(1)
  expect(restored[0]?.payload.metrics?.navigationType).toBe('back-forward-cache')
  expect(restored.flatMap(({ payload }) => payload.view.events ?? [])).toMatchObject([{ after: {} }])
})

test('tells each event once, of two that went into the cache and came back', async ({ site, tab }) => {
  const shop = await site(pages)
  const visitor = await tab(shop.url('/'))
  for (const name of ['one', 'two']) {
    await visitor.run((name) => CRUM.addEvent(name), name)
    await visitor.click('a')
    await visitor.until(() => location.pathname === '/next')
    await visitor.back('/')
  }
  await visitor.run(() => CRUM.addEvent('end'))
  const names = () =>
    unique(shop.beacons).flatMap(({ payload }) =>
      (payload?.view?.events ?? []).flatMap((event) => Object.keys(event).filter((key) => key !== 'timeStamp')),
    )
  await shop.until(() => names().includes('end'))
  expect(names()).toEqual(['one', 'two', 'end'])
})
