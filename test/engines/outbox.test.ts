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

test('sends of hundreds of beacons of earlier pages the latest 500, each once, and counts the others', async ({
  site,
  tab,
}) => {
  const shop = await site({ ...pages, '/later': page({ settings: { samplingRate: 500 } }) })
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => CRUM.addEvent('first'))
  const [sent] = eventsIn(await shop.until((beacons) => eventsIn(beacons, 'first').length > 0), 'first') as [Arrival]
  await visitor.until(async () => (await indexedDB.databases()).some(({ name }) => name === 'CRUM'))
  // of 52 views, ten each
  await visitor.run(
    (payload, endpoint) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('CRUM')
        opening.onerror = reject
        opening.onsuccess = () => {
          const writing = opening.result.transaction('beacons', 'readwrite')
          for (let at = 0; at < 520; at++) {
            const seq = at % 10
            const id = `${Date.now() - 3_600_000 + Math.floor(at / 10)}-earlier-${seq}`
            const beacon = { ...payload.beacon, id, seq, reason: 'sample' }
            const body = JSON.stringify({ ...payload, view: { ...payload.view, events: [{ left: at }] }, beacon })
            const record = {
              id,
              seq,
              reason: 'sample',
              body,
              bytes: body.length,
              time: Date.now() - 3_600_000,
              endpoint,
            }
            writing.objectStore('beacons').put(record)
          }
          writing.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
      }),
    sent.payload,
    shop.url('/rum'),
  )
  await visitor.go(shop.url('/later'))
  const left = () =>
    eventsIn(shop.beacons, 'left').flatMap(({ payload }) =>
      (payload.view.events ?? []).map((event) => Number(event.left)),
    )
  const dropped = () => shop.beacons.reduce((sum, { payload }) => sum + (payload?.beacon?.dropped?.full ?? 0), 0)
  // what the first page had to say last may be among the 500
  await shop.until(() => left().length > 490, 90_000)
  await visitor.run(() => CRUM.addEvent('end'))
  await shop.until(() => left().length + dropped() >= 520)
  expect(dropped()).toBeGreaterThanOrEqual(20)
  const latest = Array.from({ length: 520 - dropped() }, (_, at) => at + dropped())
  expect(left().sort((one, other) => one - other)).toEqual(latest)
}, 150_000)

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
