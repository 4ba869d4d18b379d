import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../../src/index.ts'
import type { Arrival } from '../../browser/harness/inbox.ts'
import { comesBack, thrice } from '../comesBack.ts'
import { expect, test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

/** What was told, in order: the name of each view, and the events under it. */
const names = (beacons: Arrival[]) =>
  unique(beacons)
    .map(({ payload }) => payload)
    .filter(({ view }) => view.events)
    .map(({ view }) => [
      view.id,
      ...(view.events ?? []).flatMap((event) => Object.keys(event).filter((name) => name !== 'timeStamp')),
    ])
/** Beacons may overtake each other, so all are waited for. */
const heard = (beacons: Arrival[], ...events: string[]) =>
  events.every((event) => names(beacons).some(([, ...told]) => told.includes(event)))

test('names with a name what comes after it, once something of the route has left', async ({ site, tab }) => {
  const at = await site({ '/': fieldPage('') })
  const visitor = await tab(at.url('/'))
  await visitor.run(() => {
    history.pushState(null, '', '/b')
    CRUM.addEvent('before')
  })
  await at.until((beacons) => heard(beacons, 'before'))
  await visitor.run(() => {
    CRUM.addEvent('still before')
    CRUM.setViewId('B')
    CRUM.addEvent('after')
  })
  const beacons = await at.until((beacons) => heard(beacons, 'still before', 'after'))
  expect(names(beacons)).toEqual([
    ['/b', 'before'],
    ['/b', 'still before'],
    ['B', 'after'],
  ])
})

test('files a route that could not name itself under its path, not under the name of the one before', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': fieldPage('', { settings: { samplingRate: 60_000 } }) })
  const visitor = await tab(at.url('/'))
  await visitor.run(() => {
    CRUM.setViewId('home')
    CRUM.addEvent('home')
    history.pushState(null, '', '/?page=2')
    CRUM.addEvent('page 2')
    history.pushState(null, '', '/failing')
    CRUM.addEvent('failing')
    history.pushState(null, '', '/named')
    CRUM.addEvent('early')
    CRUM.setViewId('named')
    history.pushState(null, '', '/named#top')
    CRUM.addEvent('top')
  })
  await visitor.hide()
  const beacons = await at.until((beacons) => heard(beacons, 'home', 'page 2', 'failing', 'early', 'top'))
  expect(names(beacons)).toEqual([
    ['home', 'home'],
    ['home', 'page 2'],
    ['/failing', 'failing'],
    ['named', 'early'],
    ['named', 'top'],
  ])
})

test('names all of a landing with a name that comes before anything of it has left, its resources too', async ({
  site,
  tab,
}) => {
  const images = Array.from({ length: 15 }, (_, at) => `<img src="/${at}.svg">`).join('')
  const name = `<script>
    history.replaceState(null, '', '?from=mail')
    CRUM.addEvent('early')
    addEventListener('DOMContentLoaded', () => CRUM.setViewId('landing'))
  </script>`
  const at = await site({ '/': fieldPage(`${images}${name}`) })
  const visitor = await tab(at.url('/'))
  await at.until(
    (beacons) => beacons.flatMap(({ payload }) => payload.view.resources ?? []).length >= 15 && heard(beacons, 'early'),
  )
  await visitor.leave()
  expect([...new Set(at.beacons.map(({ payload }) => payload.view.id))]).toEqual(['landing'])
})

test.for([
  ['is visible', false],
  ['is hidden, and the collector has stopped', true],
] as const)(
  'gives no name back that a route to another path has taken, while the page %s',
  async ([, isHidden], { site, ownWindow }) => {
    const at = await site({ '/': fieldPage('', { settings: { viewId: 'home', stopCollectorAfter: 1 } }) })
    const visitor = await ownWindow(at.url('/'))
    await visitor.run(() => CRUM.addEvent('first'))
    await at.until((beacons) => heard(beacons, 'first'))
    const go = (delay: number) =>
      visitor.run((delay) => {
        setTimeout(() => {
          history.pushState(0, '', '/b')
          setTimeout(() => history.pushState(0, '', '/'), 100)
        }, delay)
      }, delay)
    await go(isHidden ? 2500 : 0)
    if (!isHidden) await expect.poll(() => visitor.run(() => location.pathname === '/' && history.length)).toBeTruthy()
    await visitor.hide()
    await wait(3500)
    await visitor.show()
    await visitor.run(() => CRUM.addEvent('again'))
    const beacons = await at.until((beacons) => heard(beacons, 'again'))
    expect(names(beacons)).toEqual([
      ['home', 'first'],
      ['/', 'again'],
    ])
    expect(new Set(beacons.map(({ payload }) => payload.view.startTime)).size).toBe(2)
  },
)

test('begins a view that comes back from the back/forward cache under the name of its path, or without one', async ({
  site,
  tab,
}) => {
  const at = await thrice(async () => {
    const at = await site({ '/': fieldPage(''), '/b': fieldPage(''), '/next': fieldPage('') })
    const visitor = await tab(at.url('/'))
    await visitor.run(() => {
      CRUM.setViewId('home')
      history.pushState(null, '', '/b')
      CRUM.addEvent('first')
    })
    await at.until((beacons) => heard(beacons, 'first'))
    if (!(await comesBack(visitor, at, '/next', '/b'))) return false
    await visitor.run(() => CRUM.addEvent('again'))
    return at
  })
  const beacons = await at.until((beacons) => heard(beacons, 'again'))
  expect(names(beacons)).toEqual([
    ['/b', 'first'],
    ['/b', 'again'],
  ])
})

test('takes the name that beforeSend gives a route while its cut sends the one before', async ({ site, tab }) => {
  const named = `<script>CRUM.beforeSend = (payload) => (CRUM.setViewId('view ' + location.pathname), payload)</script>`
  const at = await site({ '/': fieldPage('').replace('<script id="CRUM"', `${named}<script id="CRUM"`) })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await visitor.run(() => {
    CRUM.addEvent('a')
    history.pushState(null, '', '/b')
    CRUM.addEvent('b')
  })
  const beacons = await at.until((beacons) => heard(beacons, 'a', 'b'))
  expect(names(beacons)).toContainEqual(['view /b', 'b'])
})
