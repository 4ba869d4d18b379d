import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

/** The first listener in the page keeps an event from all that follow. */
const stopping = (type: string) =>
  `<script>addEventListener('${type}', (event) => event.stopImmediatePropagation())</script>`

test('sends what it has where a page keeps its load from everybody else', async ({ site, tab }) => {
  const at = await site({ '/': fieldPage('', { head: stopping('load') }) })
  await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
})

test('knows the route where a page keeps the way back from everybody else', async ({ site, tab }) => {
  const at = await site({ '/': fieldPage('', { head: stopping('popstate') }) })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await visitor.run(() => history.pushState(0, '', '/b'))
  await visitor.back('/')
  await visitor.run(() => CRUM.addEvent('back'))
  const told = () =>
    unique(at.beacons)
      .filter(({ payload: { view } }) => view.events?.some((event) => 'back' in event))
      .map(({ payload: { view } }) => [view.id, view.pathname])
  await expect.poll(told).toEqual([['/', '/']])
})
