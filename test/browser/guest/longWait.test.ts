import type { Page } from 'playwright'
import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import type { Site } from '../harness/site.ts'
import { guestPage, received } from './guestPage.ts'

declare const CRUM: Collector

const settings = { samplingRate: 200, entriesRate: 100 }
const all = 1500

/** Errors of 1 KB each, before anything may be sent; resolves when they have been told of what waits. */
const fail = (visitor: Page) =>
  visitor.evaluate(async (all) => {
    for (let index = 0; index < all; index++) {
      dispatchEvent(new ErrorEvent('error', { message: `${index} ${'x'.repeat(1000)}` }))
      if (index % 100 === 0) await new Promise((resolve) => setTimeout(resolve))
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }, all)

/** As many as there is room for have come, the others are counted, and no beacon on the way was too large. */
async function expectAll(at: Site, isCounted = true) {
  const told = () => received(at).beacons.flatMap(({ payload }) => payload.view.errors ?? []).length
  const dropped = () =>
    received(at).beacons.reduce((sum, { payload }) => sum + (payload.beacon.dropped?.['view.errors[]'] ?? 0), 0)
  await expect.poll(told).toBeGreaterThan(100)
  if (isCounted) await expect.poll(() => told() + dropped()).toBe(all)
  expect(Math.max(...at.beacons.map(({ text }) => Buffer.byteLength(text)))).toBeLessThan(64 * 1024)
}

/** Bytes of what the origin keeps. */
const stored = (visitor: Page) =>
  visitor.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('CRUM')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const asked = opening.result.transaction('beacons').objectStore('beacons').getAll()
          opening.result.close()
          asked.onsuccess = () => resolve(asked.result.reduce((sum, { bytes }) => sum + bytes, 0))
        }
      }),
  )

const hanging = { body: '<img src="/never.png">', settings }

test.for<[how: string, end: (visitor: Page, at: Site) => Promise<unknown>]>([
  ['is left', (visitor, at) => visitor.goto(at.url('/next'))],
  [
    'crashes',
    async (visitor, at) => {
      const cdp = await visitor.context().newCDPSession(visitor)
      const crashed = visitor.waitForEvent('crash')
      // a page that crashes does not answer
      cdp.send('Page.crash').catch(() => {})
      await crashed
      // another tab would hide the page, were it opened before
      const next = await visitor.context().newPage()
      await next.goto(at.url('/next'))
    },
  ],
])('tells all errors of a page that %s before it has loaded, in small beacons', async ([how, end], { site, tab }) => {
  const at = await site({
    ...guestPage(hanging),
    '/never.png': () => {},
    '/next': guestPage({ settings })['/'] as object,
  })
  const visitor = await tab()
  await visitor.goto(at.url('/'), { waitUntil: 'domcontentloaded' })
  await fail(visitor)
  expect(at.beacons).toEqual([])
  expect(await stored(visitor)).toBeLessThan(5 * 2 ** 20)
  await end(visitor, at)
  // what a page has counted dies with its process
  await expectAll(at, how === 'is left')
})

test('tells all errors from before the visitor agreed, in small beacons', async ({ site, tab }) => {
  const at = await site(guestPage({ settings: { ...settings, consent: 'pending' } }))
  const visitor = await tab(at.url('/'))
  await fail(visitor)
  expect(at.beacons).toEqual([])
  await visitor.evaluate(() => CRUM.consent(true))
  await expectAll(at)
})
