import { setTimeout as wait } from 'node:timers/promises'
import { test } from './engineTest.ts'
import { page } from './shop.ts'

test.concurrent('is one session while the page is visible, though samples last longer than the time that ends one', async ({
  expect,
  site,
  ownWindow,
}) => {
  const shop = await site({ '/': page({ settings: { samplingRate: 1000, newSessionAfter: 0.5, savingMode: false } }) })
  const visitor = await ownWindow(shop.url('/'))
  await shop.until((beacons) => beacons.length > 1)
  await visitor.script('busy(1500)')
  const count = shop.beacons.length
  await shop.until((beacons) => beacons.length > count + 2)
  expect(new Set(shop.beacons.map(({ payload }) => payload.session.id)).size).toBe(1)
})

test.concurrent('has nothing to tell of an idle page, though samples last longer than the time that ends a session', async ({
  expect,
  site,
  ownWindow,
}) => {
  const shop = await site({ '/': page({ settings: { samplingRate: 1000, newSessionAfter: 0.5 } }) })
  await ownWindow(shop.url('/'))
  await shop.until((beacons) => beacons.length > 0)
  // what the start of the page and of the engine has brought is told by then
  await wait(5000)
  const sessions = () => new Set(shop.beacons.map(({ payload }) => payload.session.id)).size
  const count = shop.beacons.length
  await wait(5000)
  expect(shop.beacons.length - count).toBeLessThan(3)
  expect(sessions()).toBe(1)
})
