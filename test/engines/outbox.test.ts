import type { Collector } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

declare const CRUM: Collector

const eventsIn = (beacons: Arrival[], name: string) =>
  beacons.filter(
    ({ payload, answer }) =>
      payload?.view?.events?.some((event) => name in event) &&
      answer !== 'reset' &&
      typeof answer === 'object' &&
      (answer.status ?? 204) < 300,
  )

const pages = { '/': page(), '/away': '<title>away</title>away', '/later': page() }

test.for([
  ['breaks connections off', 'reset'],
  ['answers 503', { status: 503 }],
] as const)('sends on the next page what the receiver did not take when it %s', async ([, answer], { site, tab }) => {
  const shop = await site(pages)
  shop.answer = () => answer
  const visitor = await tab(shop.url('/'))
  // from now on one request at a time looks whether it works again, and the rest waits
  await shop.until((beacons) => beacons.length > 0)
  await visitor.run(() => CRUM.addEvent('kept'))
  await visitor.go(shop.url('/away'))
  shop.answer = () => ({})
  await visitor.go(shop.url('/later'))
  const [arrival] = eventsIn(await shop.until((beacons) => eventsIn(beacons, 'kept').length > 0), 'kept') as [Arrival]
  expect(arrival.payload.view.pathname).toBe('/')
  const ids = shop.beacons
    .filter(({ payload }) => payload?.view?.events?.some((event) => 'kept' in event))
    .map(({ payload }) => payload.beacon.id)
  expect(new Set(ids).size).toBe(1)
})

test('deletes what the receiver has taken: a third page sends nothing of the first', async ({ site, tab }) => {
  const shop = await site(pages)
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => CRUM.addEvent('once'))
  await shop.until((beacons) => eventsIn(beacons, 'once').length > 0)
  await visitor.go(shop.url('/later'))
  await shop.until((beacons) => beacons.some(({ payload }) => payload?.view?.pathname === '/later'))
  await visitor.until(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name)
    return names.length > 0
  })
  await visitor.run(() => CRUM.addEvent('second'))
  await shop.until((beacons) => eventsIn(beacons, 'second').length > 0)
  expect(eventsIn(shop.beacons, 'once')).toHaveLength(1)
})

test('sends in the next browser what a killed one has left', async ({ site, restart, needs }) => {
  needs('restart')
  const shop = await site({ ...pages, '/': page({ settings: { samplingRate: 60_000 } }) })
  const first = await restart()
  const visitor = await first.open()
  await visitor.go(shop.url('/'))
  // a write of the page's own, begun after the client's, shows when the client's is there
  await visitor.run(
    () =>
      new Promise<void>((resolve, reject) => {
        CRUM.addEvent('survived')
        const opening = indexedDB.open('control')
        opening.onupgradeneeded = () => opening.result.createObjectStore('marks')
        opening.onerror = reject
        opening.onsuccess = () =>
          setTimeout(() => {
            const writing = opening.result.transaction('marks', 'readwrite', { durability: 'strict' })
            writing.objectStore('marks').put(1, 1)
            writing.oncomplete = () => resolve()
          }, 1500)
      }),
  )
  await first.kill()
  const second = await restart()
  const later = await second.open()
  await later.go(shop.url('/later'))
  const [arrival] = eventsIn(await shop.until((beacons) => eventsIn(beacons, 'survived').length > 0), 'survived') as [
    Arrival,
  ]
  expect(arrival.payload.view.pathname).toBe('/')
})
