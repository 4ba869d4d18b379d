import type { Collector } from '../../../src/index.ts'
import { untilTold } from '../../browser/readings/told.ts'
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

test('sends what it has of a page that has stopped its loading', async ({ site, tab, lacks }) => {
  const body =
    '<img src="/slow.png" alt=""><script>setTimeout(() => { window.stop(); window.isStopped = true }, 300)</script>'
  const at = await site({ '/': 'start', '/stopped': fieldPage(body), '/slow.png': { delay: 60_000 } })
  // a driver would wait for the end of what it loads itself
  const visitor = await tab(at.url('/'))
  await visitor.run(() => void setTimeout(() => location.assign('/stopped')))
  await visitor.until(() => 'isStopped' in window)
  if (!(await visitor.run(() => document.readyState === 'complete'))) lacks('complete documents that were stopped')
  const { metrics } = await untilTold(at, ({ metrics }) => expect(metrics).toHaveProperty('domComplete'))
  expect(metrics).not.toHaveProperty('renderDuration')
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
