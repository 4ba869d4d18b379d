import { setTimeout as wait } from 'node:timers/promises'
import type { Collector } from '../../src/index.ts'
import { untilTold } from '../browser/readings/told.ts'
import { expect, test } from './engineTest.ts'
import { eventsOf } from './payloads.ts'
import { complaining, page } from './shop.ts'
import { hasEnded, posts, stir, traces, watched } from './traces.ts'

declare const CRUM: Collector
declare const uncaught: string[]
declare const complaints: string[]

test('lets beforeSend change a payload', async ({ site, tab }) => {
  const settings = `{ beforeSend(payload) { payload.view.referer = 'hidden'; delete payload.attributes.ua; return payload } }`
  const at = await site({ '/': page({ settings }) })
  await tab(at.url('/'))
  const { view, attributes } = await untilTold(at, ({ view }) => expect(view.referer).toBe('hidden'))
  expect(view.pathname).toBe('/')
  expect(attributes).not.toHaveProperty('ua')
})

test.for([
  ['drops', 'return null', 0],
  ['throws', 'throw new Error("no scrubber")', 1],
] as const)('goes on, without a gap in seq, where beforeSend %s', async ([, statement, count], { site, tab }) => {
  const settings = `{ beforeSend(payload) {
    if (payload.view.events?.some((event) => 'secret' in event)) { ${statement} }
    return payload
  } }`
  const at = await site({ '/': page({ head: complaining, settings }) })
  const visitor = await tab(at.url('/'))
  for (const name of ['before', 'secret', 'after']) {
    await visitor.run((name) => CRUM.addEvent(name), name)
    if (name !== 'secret') await at.until((beacons) => eventsOf(beacons).includes(name))
    else
      await visitor.until(() => {
        let isDropped = false
        CRUM.debug$.subscribe(({ type }) => {
          isDropped ||= type === 'drop' || type === 'error'
        })
        return isDropped
      })
  }
  expect(eventsOf(at.beacons)).toEqual(['before', 'after'])
  const { payloads } = await untilTold(at, ({ payloads }) =>
    expect(payloads.map(({ beacon }) => beacon.seq)).toEqual(payloads.map((_, index) => index)),
  )
  expect(payloads.length).toBeGreaterThan(1)
  const lines = await visitor.run(() => [...complaints, ...uncaught])
  expect(lines).toHaveLength(count)
  for (const line of lines) expect(line).toMatch(/beforeSend.*no scrubber/)
})

const gpc = `<script>Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })</script>`

test('collects nothing where the visitor asks for privacy, if it is to respect that', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: gpc + watched, settings: { respectGpc: true } }) })
  const visitor = await tab(at.url('/'))
  expect(await traces(visitor)).toEqual({ isPatched: false, stored: [] })
  await stir(visitor)
  await at.until(hasEnded)
  expect(posts(at.beacons)).toEqual([])
})

test('collects where the visitor asks for privacy, if it is not told to respect that', async ({ site, tab }) => {
  const at = await site({ '/': page({ head: gpc }) })
  await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
})

const early = `<script>performance.mark('HE-early')</script><img src="/early.png">`
const inDatabases = () => indexedDB.databases().then((databases) => databases.map(({ name }) => name))

test('stores and sends nothing while consent is pending, and everything once it is given', async ({
  engine,
  site,
  tab,
}) => {
  const at = await site({
    '/': page({ head: watched + early, settings: { consent: 'pending' } }),
    '/early.png': 'none',
  })
  const visitor = await tab(at.url('/'))
  await visitor.run(() => CRUM.addEvent('early'))
  // some samples long
  await wait(900)
  expect(at.beacons).toEqual([])
  expect((await traces(visitor)).stored).toEqual([])
  expect(await visitor.run(inDatabases)).toEqual([])
  await visitor.run(() => CRUM.consent(true))
  const number = expect.any(Number)
  const { session } = await untilTold(at, ({ view, metrics }) => {
    expect(view.marks.map(({ name }) => name)).toEqual(['HE-early'])
    expect(view.events).toMatchObject([{ early: {} }])
    expect(view.resources.map(({ name }) => name)).toContainEqual(expect.stringMatching(/early\.png$/))
    expect(metrics).toMatchObject({ fcp: number, duration: number })
    expect(metrics.lcp).toEqual(engine.apis['largest contentful paint'] ? number : undefined)
  })
  expect(await visitor.run(() => JSON.parse(localStorage.CRUM).id)).toBe(session.id)
})

test.for(['pending', 'granted'] as const)(
  'forgets all and stops where consent was %s and is refused',
  async (consent, { site, tab }) => {
    const at = await site({
      '/': page({ head: watched + early, settings: { consent, samplingRate: 60_000, entriesRate: 60_000 } }),
      '/early.png': 'none',
    })
    const visitor = await tab(at.url('/'))
    await visitor.run(() => {
      CRUM.addEvent('early')
      CRUM.consent(false)
    })
    expect(await traces(visitor)).toEqual({ isPatched: false, stored: [] })
    await stir(visitor)
    await at.until(hasEnded)
    expect(posts(at.beacons)).toEqual([])
    expect((await traces(visitor)).stored).toEqual([])
    expect(await visitor.run(inDatabases)).toEqual([])
  },
)

test('does not leave when the page is hidden before the visitor has answered', async ({ site, tab }) => {
  const at = await site({ '/': page({ settings: { consent: 'pending' } }) })
  const visitor = await tab(at.url('/'))
  await stir(visitor)
  await at.until(hasEnded)
  expect(posts(at.beacons)).toEqual([])
})
