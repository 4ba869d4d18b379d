import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from 'playwright'
import { onTestFinished } from 'vitest'
import type { StoredBeacon } from '../../demo/store/storedBeacon.ts'
import type { Collector, Payload } from '../../src/index.ts'
import { storedIn } from '../demo/storedIn.ts'
import { expect, test } from './harness/browserTest.ts'

declare const CRUM: Collector

test('stores a whole visit of the shop, and keeps it when the receiver is killed', async ({ tab }) => {
  const store = await temporaryStore()
  const demo = await start(store, 0)
  const visitor = await tab()
  await buy(visitor, demo.origin)
  await readGuides(visitor, demo.origin)
  await experiment(visitor, demo.origin)
  await visitor.goto('about:blank')
  await expect.poll(() => summary(storedIn(store))).toEqual(everything)
  const first = storedIn(store)
  expect(JSON.stringify(first)).not.toContain('secret')

  demo.kill()
  await demo.ended
  const again = await start(store, demo.port)
  await visitor.goto(`${again.origin}/shop/lab`)
  await provoke(visitor, 'event')
  await visitor.goto('about:blank')
  const since = () =>
    storedIn(store)
      .slice(first.length)
      .flatMap(({ payload }) => eventsIn(payload))
  await expect.poll(since).toContain('logout')
  const all = storedIn(store)
  expect(all.slice(0, first.length)).toEqual(first)
  expect(new Set(all.map(({ payload }) => payload.session.id)).size).toBe(1)
})

/** From the shop's window to the order. */
async function buy(visitor: Page, origin: string): Promise<void> {
  await visitor.goto(`${origin}/shop/`)
  await click(visitor, '[crum-action="open-product"]')
  await visitor.waitForURL('**/products/*')
  await click(visitor, '[crum-action="add-to-basket"]')
  await click(visitor, '[data-added] a')
  await click(visitor, '[crum-action="to-checkout"]')
  await visitor.waitForURL('**/checkout')
  for (const name of ['name', 'street', 'postcode', 'city']) await visitor.fill(`[name=${name}]`, 'secret')
  await visitor.fill('[name=email]', 'secret@example.org')
  await click(visitor, '[crum-action="place-order"]')
  await visitor.waitForURL('**/thanks')
}

/** Routes of the single-page corner: two pushed, one replaced, one back. */
async function readGuides(visitor: Page, origin: string): Promise<void> {
  await visitor.goto(`${origin}/shop/app/`)
  await click(visitor, '[crum-action="guide-bread"]')
  await click(visitor, '[crum-action="guide-bonsai"]')
  await click(visitor, '[crum-action="guide-next-step"]')
  await visitor.waitForURL('**/app/bonsai?step=2')
  await visitor.evaluate(() => history.back())
  await visitor.waitForURL('**/app/bread')
}

/** Some of the lab's buttons; each says when it has done. */
async function experiment(visitor: Page, origin: string): Promise<void> {
  await visitor.goto(`${origin}/shop/lab`)
  for (const name of ['event', 'eventWithContext', 'label', 'uncaught', 'consoleError', 'markWithDetail'])
    await provoke(visitor, name)
  await provoke(visitor, 'manyFetches', '120 answers')
  await provoke(visitor, 'layoutShift', 'pushed down')
}

async function click(visitor: Page, selector: string): Promise<void> {
  await visitor.waitForFunction(() => CRUM.debug$)
  await visitor.locator(selector).first().click()
}

async function provoke(visitor: Page, name: string, done = ''): Promise<void> {
  await click(visitor, `[data-provoke="${name}"]`)
  await visitor.locator('[data-said] span', { hasText: done }).waitFor()
}

const eventsIn = ({ view }: Payload) =>
  (view.events ?? []).flatMap((event) => Object.keys(event)).filter((name) => name !== 'timeStamp')

/** What the visit has provoked, as the beacons tell it. */
const everything = {
  events: ['addToBasket', 'order', 'logout', 'addToBasket'],
  actions: [
    ...['open-product', 'add-to-basket', 'to-checkout', 'place-order'],
    ...['guide-bread', 'guide-bonsai', 'guide-next-step'],
  ],
  guides: ['', 'bread', 'bonsai?step=2', 'bread'].map((guide) => `/shop/app/${guide}`),
  echoes: 120,
  marks: ['HE-product-picture', 'HE-response-guides', 'HE-lab'],
  errors: ['Uncaught TypeError: The lab threw this on purpose'],
  console: ['The lab says error'],
  labels: ['area=checkout', 'funnel=2', 'env=lab'],
  shifted: true,
  gaps: [] as string[],
}

function summary(beacons: StoredBeacon[]): typeof everything {
  const payloads = beacons.map(({ payload }) => payload).sort(inOrder)
  const views = payloads.map(({ view }) => view)
  const unique = <T>(items: T[]) => [...new Set(items)]
  const names = (marks: { name: string }[]) => marks.map(({ name }) => name)
  return {
    events: payloads.flatMap(eventsIn),
    actions: names(views.flatMap(({ actions = [] }) => actions)),
    guides: routes(
      views
        .filter(({ pathname }) => pathname.startsWith('/shop/app/'))
        .map(({ pathname, search }) => pathname + search)
        // a query that is replaced within a sample takes the place of the one before
        .filter((route) => route !== '/shop/app/bonsai'),
    ),
    echoes: unique(names(views.flatMap(({ resources = [] }) => resources))).filter((url) => url.includes('/api/echo'))
      .length,
    marks: unique(names(views.flatMap(({ marks = [] }) => marks))).filter((name) => everything.marks.includes(name)),
    errors: views.flatMap(({ errors = [] }) => errors).map(({ message }) => message),
    console: views.flatMap(({ console = [] }) => console).map(({ value }) => String(value[0])),
    labels: unique(payloads.flatMap(({ attributes }) => attributes.labels)),
    shifted: payloads.some(({ view, metrics }) => view.pathname === '/shop/lab' && (metrics?.cls ?? 0) > 0),
    gaps: gaps(payloads.map(({ beacon }) => beacon)),
  }
}

/** Beacons may overtake each other. */
const inOrder = (a: Payload, b: Payload) => a.view.startTime - b.view.startTime || a.beacon.seq - b.beacon.seq

/** Without what repeats the one before it. */
const routes = (all: string[]) => all.filter((route, index) => route !== all[index - 1])

/** Beacons before which a number of their view is missing. */
function gaps(beacons: { id: string; seq: number }[]): string[] {
  const ids = new Set(beacons.map(({ id }) => id))
  return beacons.filter(({ id, seq }) => seq > 0 && !ids.has(id.replace(/\d+$/, `${seq - 1}`))).map(({ id }) => id)
}

async function temporaryStore(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crum-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'crum.db')
}

/** Starts the demo as `npm start` does, without the build; resolves when it says where the shop is. */
async function start(store: string, port: number) {
  const args = ['dist/receiver/start.js', '--port', `${port}`, '--store', store]
  const demo: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(demo, 'exit')
  const kill = () => demo.kill('SIGKILL')
  onTestFinished(() => void kill())
  for await (const line of createInterface({ input: demo.stdout as NodeJS.ReadableStream })) {
    const origin = /Shop.*?(http:\/\/[\d.]+:(\d+))/.exec(line)
    if (origin) {
      demo.stdout?.resume()
      return { origin: origin[1] as string, port: Number(origin[2]), kill, ended }
    }
  }
  throw new Error('The demo ended without saying where the shop is')
}
