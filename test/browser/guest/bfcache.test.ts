import type { Page } from 'playwright'
import { expect, test } from '../harness/browserTest.ts'
import type { Site } from '../harness/site.ts'
import { back } from '../harness/tabs.ts'
import { guestPage } from './guestPage.ts'

declare const listeners: string[]
declare const persisted: boolean[]
declare const left: number[]

/**
 * Before all else: which listeners are taken, whether the page comes back as it was, and how many databases it has had
 * open, or was about to open, all the time that it was away.
 */
const witness = `
  var listeners = [], persisted = [], left = []
  const open = new Set(), { open: ask } = IDBFactory.prototype, { close } = IDBDatabase.prototype
  IDBFactory.prototype.open = function () { const asked = ask.apply(this, arguments); open.add(asked); return asked }
  IDBDatabase.prototype.close = function () { for (const asked of open) if (asked.result === this) open.delete(asked); return close.call(this) }
  const { addEventListener: listen } = EventTarget.prototype
  EventTarget.prototype.addEventListener = function (type) { listeners.push(type); return listen.apply(this ?? window, arguments) }
  listen.call(window, 'pageshow', ({ persisted: is }) => { persisted.push(is); if (is) left.push(open.size) })`

/** The locks that a page holds, or waits for, while it is away, as the next page of its origin sees them. */
const locks = (visitor: Page): Promise<string[]> =>
  visitor.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query()
    return [...held, ...pending].map(({ name = '' }) => name)
  })

/** Why Chromium did not keep the page, as DevTools and `notRestoredReasons` tell, and its locks; empty where it did. */
async function reasonsAfter(visitor: Page, at: Site): Promise<string[]> {
  const cdp = await visitor.context().newCDPSession(visitor)
  await cdp.send('Page.enable')
  const reasons: string[] = []
  cdp.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) =>
    reasons.push(...notRestoredExplanations.map(({ reason }) => reason)),
  )
  await visitor.goto(at.url('/next'))
  reasons.push(...(await locks(visitor)))
  await back(visitor)
  await visitor.waitForFunction(() => persisted.length > 0)
  const told = await visitor.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & {
      notRestoredReasons?: { reasons?: { reason: string }[] | null } | null
    })[]
    return entry?.notRestoredReasons?.reasons?.map(({ reason }) => reason) ?? []
  })
  return [...new Set([...reasons, ...told])].sort()
}

const settings = { samplingRate: 50, entriesRate: 50 }

/** A page whose own listeners, which come after those of the client, record something. */
const last = (type: string) => (visitor: Page) =>
  visitor.evaluate((type) => {
    const { CRUM } = globalThis as unknown as { CRUM: { addEvent(name: string): void } }
    for (const target of [document, window]) target.addEventListener(type, () => CRUM.addEvent('last'))
  }, type)

test.for<[when: string, prepare: (visitor: Page, at: Site) => Promise<unknown>, settings?: object]>([
  ['when it is idle', async () => {}],
  [
    'with much to send',
    (visitor) =>
      visitor.evaluate(() => {
        const { CRUM } = globalThis as unknown as { CRUM: { addEvent(name: string, value: object): void } }
        for (let index = 0; index < 300; index++) CRUM.addEvent('many', { text: 'x'.repeat(500) })
      }),
  ],
  [
    'with a beacon that nobody answers',
    async (visitor, at) => {
      at.answer = () => 'hang'
      const { length } = at.beacons
      await visitor.evaluate(() => {
        const { CRUM } = globalThis as unknown as { CRUM: { addEvent(name: string): void } }
        CRUM.addEvent('unanswered')
      })
      await at.until((beacons) => beacons.length > length)
    },
  ],
  [
    'with an endpoint that fails',
    async (visitor, at) => {
      at.answer = () => ({ status: 503 })
      await visitor.evaluate(() => console.error('failing'))
      await visitor.waitForTimeout(500)
    },
  ],
  ['with something to say at each turn', async () => {}, { savingMode: false }],
  ['that has something to say in pagehide', last('pagehide')],
  ['that has something to say in visibilitychange', last('visibilitychange')],
  ['that has something to say in freeze', last('freeze')],
])(
  'lets the page come back from the back/forward cache %s, with nothing left open',
  async ([, prepare, more], { site, tab }) => {
    const at = await site({ ...guestPage({ before: witness, settings: { ...settings, ...more } }), '/next': 'next' })
    const visitor = await tab(at.url('/'))
    // what was asked for an instant before the page is left comes too late for anybody to give it back
    await at.until((beacons) => beacons.length > 1)
    await visitor.waitForTimeout(500)
    await prepare(visitor, at)
    expect(await reasonsAfter(visitor, at)).toEqual([])
    expect(await visitor.evaluate(() => ({ persisted, left }))).toEqual({ persisted: [false, true], left: [0] })
  },
)

test('adds no reason to those that the page has itself for not coming back', async ({ site, tab }) => {
  const own = 'addEventListener("unload", () => {}); new WebSocket(location.origin.replace("http", "ws") + "/socket")'
  const pages = guestPage({ before: `${witness}\n${own}`, settings })
  const reasons: string[][] = []
  for (const isClient of [true, false]) {
    const at = await site({ ...pages, '/work.js': '', '/next': 'next' })
    if (!isClient) at.routes['/rum'] = { headers: { 'content-type': 'text/javascript' } }
    const visitor = await tab(at.url('/'))
    await visitor.waitForTimeout(500)
    reasons.push(await reasonsAfter(visitor, at))
  }
  expect(reasons[0]).not.toEqual([])
  expect(reasons[0]).toEqual(reasons[1])
})

test('listens neither to unload nor to beforeunload', async ({ site, tab }) => {
  const at = await site(guestPage({ before: witness, settings }))
  const visitor = await tab(at.url('/'))
  await visitor.click('h1')
  await at.until((beacons) => beacons.length > 0)
  const types = await visitor.evaluate(() => listeners)
  expect(types).toEqual(expect.arrayContaining(['pagehide', 'visibilitychange']))
  expect(types.filter((type) => /unload/.test(type))).toEqual([])
})
