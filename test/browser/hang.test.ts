import type { Collector } from '../../src/index.ts'
import { expect, test } from './harness/browserTest.ts'
import { loader } from './harness/snippet.ts'

declare const CRUM: Collector

const html = `<!doctype html><title>page</title>${loader('/rum', { samplingRate: 100 })}<p>hello
  <script>let n = 0; setInterval(() => self.CRUM?.addEvent?.('tick', { n: n++ }), 20)</script>`

/** How many steps of a type there were. */
const count = (type: 'send' | 'retry' | 'error'): number => {
  let steps = 0
  CRUM.debug$.filter(type).subscribe(() => steps++)
  return steps
}

test('leaves the page connections of its own while the receiver takes requests and answers none', async ({
  site,
  tab,
}) => {
  const shop = await site({ '/': html, '/data.json': '{"of":"the page"}' })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.length > 0)
  shop.answer = () => 'hang'
  // more beacons than a browser has connections for a host over HTTP/1.1
  const before = await visitor.evaluate(count, 'send' as const)
  await expect.poll(() => visitor.evaluate(count, 'send' as const)).toBeGreaterThan(before + 10)
  const answered = await visitor.evaluate(async () => (await fetch('/data.json', { cache: 'no-store' })).text())
  expect(answered).toBe('{"of":"the page"}')
  // it did not wait until one of the client's requests was given up
  expect(await visitor.evaluate(count, 'retry' as const)).toBe(0)
  expect(await visitor.evaluate(count, 'error' as const)).toBe(0)

  shop.answer = () => ({})
  const told = await visitor.evaluate(() => (self as unknown as { n: number }).n)
  // what the receiver has answered, each beacon once
  const arrived = () => {
    const taken = shop.beacons.filter(({ answer }) => answer !== 'hang').map(({ payload }) => payload)
    const beacons = [...new Map(taken.map((payload) => [payload.beacon.id, payload])).values()]
    return beacons.flatMap(({ view }) => (view.events ?? []).map(({ tick }) => (tick as { n: number }).n))
  }
  const missing = () => Array.from({ length: told }, (_, n) => n).filter((n) => !arrived().includes(n))
  await expect.poll(missing, { timeout: 45_000 }).toEqual([])
  expect(arrived().length).toBe(new Set(arrived()).size)
})
