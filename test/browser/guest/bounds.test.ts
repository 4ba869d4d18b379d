import type { CDPSession } from 'playwright'
import { expect, test } from '../harness/browserTest.ts'
import { guestPage, received } from './guestPage.ts'
import { doAll } from './load.ts'

const much = { lines: 10_000, events: 4_000, resources: 2_000, routes: 200 }
/** A quarter of what the lines alone would take, if each were kept. What remains in a healthy page is some 120 KiB. */
const mayGrow = 2 ** 19
const settings = { samplingRate: 1000, entriesRate: 500, ignoreResources: 'no' }
const data = {
  '/data.json': { body: '{}', headers: { 'content-type': 'application/json', 'cache-control': 'max-age=1000' } },
}

/** Bytes of the JavaScript heap that are in use after a collection. */
async function heap(cdp: CDPSession): Promise<number> {
  for (let time = 0; time < 2; time++) await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize
}

test('holds no more than it held before, however much a page does, and sends no beacon of 64 KiB', {
  timeout: 300_000,
}, async ({ site, tab }) => {
  const at = await site({ ...guestPage({ settings }), ...data })
  const visitor = await tab(at.url('/'))
  const cdp = await visitor.context().newCDPSession(visitor)
  await cdp.send('HeapProfiler.enable')
  // DevTools keep the last lines and entries themselves
  await visitor.evaluate(doAll, { lines: 3000, events: 2000, resources: 300, routes: 50 })
  await visitor.waitForTimeout(2000)
  const before = await heap(cdp)
  await visitor.evaluate(doAll, much)
  // a busy machine takes longer to send the last of it
  await expect.poll(async () => (await heap(cdp)) - before, { timeout: 30_000, interval: 1000 }).toBeLessThan(mayGrow)
  const bytes = at.beacons.map(({ text }) => Buffer.byteLength(text))
  expect(Math.max(...bytes)).toBeLessThan(64 * 1024)
})

test('counts all that it could not keep, and tells all the rest', async ({ site, tab }) => {
  const at = await site({ ...guestPage({ settings }), ...data })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await visitor.evaluate(() => {
    const { CRUM } = globalThis as unknown as { CRUM: { addEvent(name: string): void } }
    for (let event = 0; event < 2500; event++) CRUM.addEvent('happened')
    for (let line = 0; line < 2500; line++) console.debug('line')
    CRUM.addEvent('last')
  })
  const all = received(at)
  const of = (field: 'events' | 'console') =>
    all.beacons.reduce(
      (sum, { payload: { view, beacon } }) =>
        sum + (view[field]?.length ?? 0) + (beacon.dropped?.[`view.${field}[]`] ?? 0),
      0,
    )
  // with what every page of these tests does at first
  await expect.poll(() => [of('events'), of('console')]).toEqual([2502, 2501])
})
