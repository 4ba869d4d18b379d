import { setTimeout as wait } from 'node:timers/promises'
import type { Collector, Step } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import type { Tab } from './driver/tab.ts'
import { expect, test } from './engineTest.ts'
import { drawing, page } from './shop.ts'

declare const CRUM: Collector
declare const steps: Step[]

/**
 * Opens a page in whose `steps` stands what the client does; in a window, since a driver that asks a hidden tab
 * shows it.
 */
async function open(ownWindow: (url: string) => Promise<Tab>, url: string): Promise<Tab> {
  const visitor = await ownWindow(url)
  await visitor.until(() => !!CRUM.debug$)
  await visitor.script('var steps = []; CRUM.debug$.subscribe((step) => steps.push(step))')
  return visitor
}

/** Resolves when so many more samples have closed. */
async function samples(visitor: Tab, count: number): Promise<void> {
  const before = await visitor.run(() => steps.filter(({ type }) => type === 'sample').length)
  await visitor.until((count) => steps.filter(({ type }) => type === 'sample').length >= count, before + count)
}

/** Resolves when the client has stopped, since the page was hidden for too long. */
const stopped = (visitor: Tab) =>
  visitor.until(() => steps.some((step) => step.type === 'sample' && step.reason === 'stop'))

const becomes = (visitor: Tab, state: DocumentVisibilityState) =>
  visitor.until((state) => document.visibilityState === state, state)

/** What the origin keeps of the session. */
const stored = (visitor: Tab) => visitor.run(() => JSON.parse(localStorage.getItem('CRUM') ?? 'null'))

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

test('moves the last loop once a sample while the page is visible, and not while it is hidden', async ({
  site,
  ownWindow,
}) => {
  const shop = await site({ '/': page({ settings: { samplingRate: 100 } }) })
  const visitor = await open(ownWindow, shop.url('/'))
  await samples(visitor, 1)
  const early = await stored(visitor)
  await samples(visitor, 3)
  expect((await stored(visitor)).lastLoop).toBeGreaterThan(early.lastLoop)
  await visitor.hide()
  await becomes(visitor, 'hidden')
  const hidden = await stored(visitor)
  await samples(visitor, 3)
  expect(await stored(visitor)).toEqual(hidden)
  const before = await visitor.run(() => Date.now())
  await visitor.show()
  await becomes(visitor, 'visible')
  await samples(visitor, 2)
  const shown = await stored(visitor)
  expect(shown.id).toBe(hidden.id)
  expect(shown.lastLoop).toBeGreaterThanOrEqual(before)
  expect(shown.lastLoop).toBeLessThanOrEqual(await visitor.run(() => Date.now()))
})

test('stops after it was hidden for stopCollectorAfter, and starts anew when it is seen again', async ({
  site,
  ownWindow,
}) => {
  const shop = await site({ '/': page({ settings: { samplingRate: 100, stopCollectorAfter: 1 } }) })
  const visitor = await open(ownWindow, shop.url('/'))
  const first = (await shop.until((beacons) => beacons.length > 0))[0]?.payload
  await visitor.hide()
  await stopped(visitor)
  await visitor.run(() => CRUM.addEvent('hidden'))
  await visitor.show()
  await becomes(visitor, 'visible')
  await visitor.run(() => CRUM.addEvent('back'))
  const events = () =>
    shop.beacons
      .flatMap(({ payload }) => payload.view.events ?? [])
      .map((event) => Object.keys(event)[0])
      .sort()
  // what was reported while nothing ran as well
  await expect.poll(events).toEqual(['back', 'hidden'])
  const having = (name: string) =>
    shop.beacons.find(({ payload: { view } }) => view.events?.some((event) => name in event))?.payload
  const [last, anew] = [having('hidden'), having('back')]
  expect(last?.session.id).toBe(first?.session.id)
  expect(anew?.session.id).not.toBe(first?.session.id)
  expect(anew?.session.startTime).toBeGreaterThan(first?.session.startTime ?? Number.NaN)
  expect(anew?.view.startTime).toBeGreaterThan(first?.view.startTime ?? Number.NaN)
  expect(anew?.view.startTime).toBeGreaterThan(last?.view.startTime ?? Number.NaN)
  expect(anew?.beacon.id.slice(0, 36)).not.toBe(first?.beacon.id.slice(0, 36))
  // a sample may have closed before the page could tell it
  const seqs = () =>
    shop.beacons
      .filter(({ payload }) => payload.session.id === anew?.session.id)
      .map(({ payload }) => payload.beacon.seq)
  await expect.poll(() => Math.min(...seqs())).toBe(0)
})

test('takes up the session again that another tab has kept alive', async ({ site, ownWindow }) => {
  const settings = { samplingRate: 100 }
  const shop = await site({
    '/': page({ settings: { ...settings, stopCollectorAfter: 1 } }),
    '/other': page({ settings }),
  })
  const visitor = await open(ownWindow, shop.url('/'))
  const first = (await shop.until((beacons) => beacons.length > 0))[0]?.payload
  await visitor.hide()
  const other = await open(ownWindow, shop.url('/other'))
  await stopped(visitor)
  await samples(other, 2)
  await visitor.show()
  const isBack = ({ payload: { view } }: Arrival) =>
    view.pathname === '/' && view.visibility === 'visible' && view.startTime > (first?.view.startTime ?? Number.NaN)
  const again = () => shop.beacons.filter(isBack).map(({ payload }) => payload)
  await expect.poll(() => again().map(({ beacon }) => beacon.seq)).toContain(0)
  expect(new Set(again().map(({ session }) => session.id))).toEqual(new Set([first?.session.id]))
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
