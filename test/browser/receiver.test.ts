import type { Page } from 'playwright'
import type { Collector } from '../../src/index.ts'
import { ExampleReceiver } from '../docs/exampleReceiver.ts'
import { expect, test } from './harness/browserTest.ts'
import { loader } from './harness/snippet.ts'

declare const CRUM: Collector

const buttons = 40
const half = buttons / 2

/** A page with buttons to click, each under a name of its own, whose client comes from this address. */
const shop = (url: string, settings: object) => `<!doctype html><html><head>${loader(url, { ...settings })}</head>
  <body>${Array.from({ length: buttons }, (_, n) => `<button crum-action="b${n}">${n}</button>`).join('')}</body></html>`

const click = async (visitor: Page, from: number, to: number) => {
  for (let n = from; n < to; n++) await visitor.click(`[crum-action=b${n}]`)
}

const clicked = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `b${from + n}`)

/** The names of all clicks in the file, in the order of their beacons. */
const arrived = async (receiver: ExampleReceiver) =>
  (await receiver.stored())
    .map(({ payload }) => payload)
    .sort((one, other) => one.view.startTime - other.view.startTime || one.beacon.seq - other.beacon.seq)
    .flatMap(({ view }) => (view.actions ?? []).map(({ name }) => name))

const untilArrived = (receiver: ExampleReceiver, names: string[]) =>
  expect.poll(() => arrived(receiver), { timeout: 30_000 }).toEqual(names)

test('loses no click and counts none twice when it is killed and restarted, for a page of another origin', async ({
  site,
  tab,
}) => {
  const receiver = await ExampleReceiver.start()
  const { origin } = new URL(receiver.url)
  const policy = `default-src 'none'; script-src 'nonce-abc' ${origin}; connect-src ${origin}`
  const at = await site({
    '/': {
      body: shop(receiver.url, { samplingRate: 200, compress: false }).replaceAll('<script', '<script nonce="abc"'),
      headers: { 'content-type': 'text/html', 'content-security-policy': policy },
    },
  })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => CRUM.debug$)
  await click(visitor, 0, half)
  await untilArrived(receiver, clicked(0, half))
  // in the midst of a sample
  await click(visitor, half, half + 5)
  await receiver.kill()
  await click(visitor, half + 5, buttons)
  await receiver.restart()
  await untilArrived(receiver, clicked(0, buttons))
  const stored = await receiver.stored()
  expect(new Set(stored.map(({ payload }) => payload.beacon.id)).size).toBe(stored.length)
  expect(new Set(stored.map(({ encoding }) => encoding))).toEqual(new Set(['identity']))
})

test('gets what was clicked while it was down with the next page', async ({ site, tab }) => {
  const receiver = await ExampleReceiver.start()
  const html = shop(receiver.url, { samplingRate: 200 })
  const at = await site({ '/': html, '/next': html })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => CRUM.debug$)
  await click(visitor, 0, 5)
  await untilArrived(receiver, clicked(0, 5))
  await receiver.kill()
  await click(visitor, 5, 10)
  // the script has to come from somewhere
  at.routes['/next'] = html.replace(receiver.url, '/rum').replace('"samplingRate"', `"endpoint":"${receiver.url}",$&`)
  await visitor.goto(at.url('/next'))
  await receiver.restart()
  await untilArrived(receiver, clicked(0, 10))
})

test('is sent gzip by a page of its own origin', async ({ tab }) => {
  const receiver = await ExampleReceiver.start()
  const visitor = await tab()
  const { href } = new URL('/shop', receiver.url)
  await visitor.route(href, (route) =>
    route.fulfill({ contentType: 'text/html', body: shop('/rum', { samplingRate: 200 }) }),
  )
  await visitor.goto(href)
  await visitor.waitForFunction(() => CRUM.debug$)
  await click(visitor, 0, 1)
  await untilArrived(receiver, ['b0'])
  await visitor.evaluate(() => CRUM.addEvent('large', 'text '.repeat(1000)))
  await expect
    .poll(async () => (await receiver.stored()).filter(({ encoding }) => encoding === 'gzip'), { timeout: 30_000 })
    .toMatchObject([{ payload: { view: { events: [{ large: expect.any(String) }] } } }])
})
