import type { Page } from 'playwright'
import { expect, test } from '../harness/browserTest.ts'
import type { Site } from '../harness/site.ts'
import { back } from '../harness/tabs.ts'
import { guestPage } from './guestPage.ts'

declare const listeners: string[]
declare const persisted: boolean[]

/** Before all else: which listeners are taken, and whether the page comes back as it was. */
const witness = `
  var listeners = [], persisted = []
  const { addEventListener: listen } = EventTarget.prototype
  EventTarget.prototype.addEventListener = function (type) { listeners.push(type); return listen.apply(this ?? window, arguments) }
  listen.call(window, 'pageshow', ({ persisted: is }) => persisted.push(is))`

/** Why Chromium did not keep the page, as DevTools and \`notRestoredReasons\` tell; empty where it did. */
async function reasonsAfter(visitor: Page, at: Site): Promise<string[]> {
  const cdp = await visitor.context().newCDPSession(visitor)
  await cdp.send('Page.enable')
  const reasons: string[] = []
  cdp.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) =>
    reasons.push(...notRestoredExplanations.map(({ reason }) => reason)),
  )
  await visitor.goto(at.url('/next'))
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

test.for<[when: string, prepare: (visitor: Page, at: Site) => Promise<unknown>]>([
  ['when it is idle', (visitor) => visitor.waitForTimeout(500)],
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
])('lets the page come back from the back/forward cache %s', async ([, prepare], { site, tab }) => {
  const at = await site({ ...guestPage({ before: witness, settings }), '/next': 'next' })
  const visitor = await tab(at.url('/'))
  await prepare(visitor, at)
  expect(await reasonsAfter(visitor, at)).toEqual([])
  expect(await visitor.evaluate(() => persisted)).toEqual([false, true])
})

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
