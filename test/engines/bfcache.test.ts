import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../src/index.ts'
import { comesBack, thrice } from './comesBack.ts'
import { expect, test } from './engineTest.ts'
import { eventsOf } from './payloads.ts'
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
  // they may overtake each other, and none comes twice
  const seqs = restored.map(({ payload }) => payload.beacon.seq).sort((a, b) => a - b)
  expect(seqs).toEqual(seqs.map((_, seq) => seq))
  expect(new Set(beacons.map(({ payload }) => payload.session.id)).size).toBe(1)
  expect(restored[0]?.payload.metrics?.navigationType).toBe('back-forward-cache')
  // that it is seen again is no news of the view that has ended
  const seen = beacons.filter(
    ({ payload: { beacon, view } }) => beacon.reason === 'hidden' && view.visibility === 'visible',
  )
  expect(seen).toEqual([])
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
  const names = () => eventsOf(unique(shop.beacons))
  await shop.until(() => names().includes('end'))
  expect(names()).toEqual(['one', 'two', 'end'])
})

test('loses nothing of the view before where the visitor agrees after the return', async ({ site, tab }) => {
  const { shop, visitor } = await thrice(async () => {
    const shop = await site({ ...pages, '/': page({ settings: { consent: 'pending' } }) })
    const visitor = await tab(shop.url('/'))
    await visitor.run(() => CRUM.addEvent('before'))
    return (await comesBack(visitor, shop, '/next', '/')) && { shop, visitor }
  })
  await visitor.run(() => {
    CRUM.addEvent('after')
    CRUM.consent(true)
  })
  const names = () => eventsOf(unique(shop.beacons))
  await shop.until(() => names().includes('after'))
  expect(names()).toEqual(['before', 'after'])
})

test.for([
  ['a page without the client', '/next', 'that page'],
  ['a page without the client', '/next', 'the return'],
  ['a page with it', '/other', 'that page'],
  ['a page with it', '/other', 'the return'],
] as const)(
  'tells once what no receiver had taken when it went into the cache, where %s (%s) came next, and a receiver answers since %s',
  async ([, away, answers], { site, tab }) => {
    const { shop, visitor } = await thrice(async () => {
      const shop = await site({ ...pages, '/other': page() })
      const visitor = await tab(shop.url('/'))
      await shop.until((beacons) => beacons.length > 0)
      shop.answer = () => ({ status: 503 })
      await visitor.run(() => CRUM.addEvent('refused'))
      await shop.until((beacons) => beacons.some(({ answer }) => (answer as { status?: number }).status === 503))
      await visitor.run(() => CRUM.addEvent('waiting'))
      await visitor.script('stayed = true')
      await visitor.leave(away)
      if (answers === 'that page') shop.answer = () => ({})
      await wait(1500)
      await visitor.back('/')
      shop.answer = () => ({})
      return (await visitor.run(() => 'stayed' in window)) && { shop, visitor }
    })
    await visitor.run(() => CRUM.addEvent('end'))
    const names = () => eventsOf(unique(shop.beacons))
    await shop.until(() => names().includes('end') && names().includes('waiting') && names().includes('refused'))
    // a second telling would come with the next sample
    await visitor.run(() => CRUM.addEvent('later'))
    await shop.until(() => names().includes('later'))
    expect(names().sort()).toEqual(['end', 'later', 'refused', 'waiting'])
    const taken = unique(shop.beacons)
    const seqs = taken
      .filter(({ payload }) => payload.view.startTime === taken[0]?.payload.view.startTime)
      .map(({ payload }) => payload.beacon.seq)
    expect(seqs).toEqual(seqs.map((_, seq) => seq))
  },
)
