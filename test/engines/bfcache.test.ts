import type { Collector } from '../../src/index.ts'
import { comesBack, thrice } from './comesBack.ts'
import { expect, test } from './engineTest.ts'
import { unique } from './receiver.ts'
import { page } from './shop.ts'

declare const CRUM: Collector

const pages = { '/': page({ body: '<a href="/next">next</a>' }), '/next': '<title>next</title>next' }

test('is taken into the back/forward cache with the client at work, and is a new view when it comes back, in the same session', async ({
  site,
  tab,
}) => {
  const { shop, visitor } = await thrice(async () => {
    const shop = await site(pages)
    const visitor = await tab(shop.url('/'))
    await visitor.run(() => CRUM.addEvent('before'))
    // by then it has looked for what others have left
    await shop.until((beacons) => beacons.some(({ payload }) => payload?.view?.events))
    return (await comesBack(visitor, shop, '/next', '/')) && { shop, visitor }
  })
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
