import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../../src/index.ts'
import type { Arrival } from '../../browser/harness/inbox.ts'
import { expect, test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { fieldPage } from './fieldPage.ts'
import { ticksIn } from './ticksIn.ts'

declare const CRUM: Collector
declare const asked: number

/** Sets the clock of a page, as far as its scripts can see it. */
const shift = (hours: number) => `{ const now = Date.now.bind(Date); Date.now = () => now() + ${hours} * 36e5 }`

/** The same, of the page and the client alike, as a person or the system does: whenever `setClock` is called. */
const settable = `<script>{ const { now } = Date; let by = 0; Date.now = () => now() + by * 36e5
  setClock = (hours) => { by = hours } }</script>`

const toldIn = (beacons: Arrival[]) => ticksIn(unique(beacons)).filter((tick) => tick !== undefined)

test.for([
  ['the time of its server', shift(2)],
  ['one that stands still', 'Date.now = () => 12345'],
] as const)(
  'keeps its session and its clock where the page puts another Date.now in its place later: %s',
  async ([, replaced], { site, tab }) => {
    const at = await site({ '/': fieldPage('') })
    const visitor = await tab(at.url('/'))
    await at.until((beacons) => beacons.length > 0)
    const before = Date.now()
    await visitor.script(replaced)
    await visitor.run(() => CRUM.addEvent('tick', 1))
    await expect.poll(() => toldIn(at.beacons)).toEqual([1])
    const sessions = at.beacons.map(({ payload }) => payload.session)
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(1)
    const { lastLoop = 0 } = sessions.at(-1) ?? {}
    expect(lastLoop).toBeGreaterThanOrEqual(before)
    expect(lastLoop).toBeLessThanOrEqual(Date.now())
  },
)

test('asks an idle page for no frame after its clock was set back', async ({ site, tab }) => {
  const head = `${settable}<script>{ asked = 0; const { requestAnimationFrame: ask } = window
    requestAnimationFrame = (next) => { asked++; return ask(next) } }</script>`
  const at = await site({ '/': fieldPage('', { head }) })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await visitor.click({ x: 50, y: 50 })
  await visitor.script('setClock(-1)')
  await wait(2500)
  const before = await visitor.run(() => asked)
  await wait(1500)
  expect(before).toBeGreaterThan(0)
  expect(await visitor.run(() => asked)).toBe(before)
})

test('closes a sample for a URL that was replaced, after its clock was set back', async ({ site, tab }) => {
  const at = await site({ '/': fieldPage('', { head: settable, settings: { samplingRate: 1000 } }) })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  const replace = (n: number) =>
    visitor.run((n) => {
      CRUM.addEvent('tick', n)
      history.replaceState(null, '', `#${n}`)
    }, n)
  await replace(1)
  await visitor.script('setClock(-1)')
  await wait(1200)
  await replace(2)
  await expect.poll(() => toldIn(at.beacons)).toEqual([1, 2])
  const ofTicks = unique(at.beacons)
    .filter(({ payload }) => payload.view.events)
    .map(({ payload }) => payload)
  expect(ofTicks.map(({ beacon, view }) => [beacon.reason, view.hash])).toEqual([
    ['route', ''],
    ['route', '#1'],
  ])
})

test('drops nothing as too old that was gathered before the clock was set at all', async ({ site, tab }) => {
  // as of a computer without a battery, which gets the time with the network
  const at = await site({ '/': fieldPage('', { head: `${settable}<script>setClock(-50 * 8766)</script>` }) })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  at.answer = () => ({ status: 503 })
  const before = at.beacons.length
  await visitor.run(() => CRUM.addEvent('tick', 1))
  await at.until((beacons) => beacons.length > before)
  await visitor.script('setClock(0)')
  at.answer = () => ({})
  const answered = () => toldIn(at.beacons.filter(({ answer }) => Object(answer).status !== 503))
  const tries = async () => {
    await visitor.run(() => dispatchEvent(new Event('online')))
    return answered()
  }
  await expect.poll(tries).toEqual([1])
})
