import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../src/index.ts'
import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

declare const CRUM: Collector

const pages = { '/': page({ body: '<a href="/next">next</a>' }), '/next': page() }

test('is one session over pages and tabs of the origin', async ({ site, tab }) => {
  const shop = await site(pages)
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length > 0)
  await visitor.click('a')
  await tab(shop.url('/next'))
  const views = () => new Set(shop.beacons.map(({ payload }) => payload.beacon.id.replace(/[^a-z\d]?\d+$/, '')))
  await shop.until(() => views().size >= 3)
  expect(new Set(shop.beacons.map(({ payload }) => payload.session.id)).size).toBe(1)
})

test('is another session after the time that ends one', async ({ site, tab }) => {
  const shop = await site({
    '/': page({
      head: `<script>localStorage.CRUM = JSON.stringify({ id: 'old', startTime: Date.now() - 1e6, lastLoop: Date.now() - 301e3 })</script>`,
    }),
  })
  await tab(shop.url('/'))
  const [first] = await shop.until((beacons) => beacons.length > 0)
  expect(first?.payload.session.id).toMatch(/^[\da-f-]{36}$/)
})

test('does not move the last loop while the page is hidden', async ({ site, tab }) => {
  const shop = await site({ '/': page({ settings: { savingMode: false } }) })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length > 1)
  await visitor.hide()
  const isHidden = () => shop.beacons.filter(({ payload }) => payload.beacon.reason === 'hidden')
  await shop.until(() => isHidden().length > 0)
  await shop.until(
    (beacons) => beacons.filter(({ payload }) => payload.view.visibility === 'hidden').length > 2,
    20_000,
  )
  const loops = shop.beacons
    .filter(({ payload }) => payload.view.visibility === 'hidden')
    .map(({ payload }) => payload.session.lastLoop)
  expect(new Set(loops).size).toBe(1)
})

/** A page whose sessions are collected or not: all digits of their ids are the one that it has last set. */
const drawing = (digit: number, settings: object = {}) =>
  page({
    head: `<script>var digit = ${digit}; crypto.getRandomValues = (values) => values.fill(digit)</script>`,
    settings: { sampleRate: 0.5, ...settings },
  })

test('draws a new session when the visitor returns after a long absence, and collects it then', async ({
  site,
  tab,
}) => {
  const shop = await site({ '/': drawing(15, { stopCollectorAfter: 0.2, newSessionAfter: 0.3 }) })
  const visitor = await tab(shop.url('/'))
  await visitor.until(() => localStorage.CRUM?.includes('ffffffff'))
  await visitor.script('digit = 0')
  await visitor.hide()
  // the absence has to last
  await wait(1500)
  expect(shop.beacons).toEqual([])
  await visitor.show()
  await visitor.run(() => CRUM.addEvent('again'))
  const [first] = await shop.until((beacons) => beacons.some(({ payload }) => payload.view.events))
  expect(first?.payload.session.id).toMatch(/^0{8}-/)
})

test('draws one session for the page on which the visitor agrees and for the next', async ({ site, tab }) => {
  const shop = await site({ '/': drawing(15, { consent: 'pending' }), '/next': drawing(0) })
  const visitor = await tab(shop.url('/'))
  await visitor.run(() => CRUM.consent(true))
  await visitor.until(() => localStorage.CRUM?.includes('ffffffff'))
  await visitor.go(shop.url('/next'))
  await visitor.run(() => CRUM.addEvent('unseen'))
  await visitor.leave('/')
  await wait(500)
  expect(shop.beacons).toEqual([])
})

test('is one session while the page is visible, though samples last longer than the time that ends one', async ({
  site,
  tab,
}) => {
  const shop = await site({ '/': page({ settings: { samplingRate: 1000, newSessionAfter: 0.5, savingMode: false } }) })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length > 1)
  await visitor.script('busy(1500)')
  const count = shop.beacons.length
  await shop.until((beacons) => beacons.length > count + 2)
  expect(new Set(shop.beacons.map(({ payload }) => payload.session.id)).size).toBe(1)
})

test('has nothing to tell of an idle page, though samples last longer than the time that ends a session', async ({
  site,
  tab,
}) => {
  const shop = await site({ '/': page({ settings: { samplingRate: 1000, newSessionAfter: 0.5 } }) })
  await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length > 0)
  // what the start of the page and of the engine has brought is told by then
  await wait(5000)
  const sessions = () => new Set(shop.beacons.map(({ payload }) => payload.session.id)).size
  const count = shop.beacons.length
  await wait(5000)
  expect(shop.beacons.length - count).toBeLessThan(3)
  expect(sessions()).toBe(1)
})
