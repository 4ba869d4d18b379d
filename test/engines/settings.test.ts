import type { Collector, Settings, Step } from '../../src/index.ts'
import type { Arrival } from '../browser/harness/inbox.ts'
import { loader } from '../browser/harness/snippet.ts'
import type { Tab } from './driver/tab.ts'
import { expect, test } from './engineTest.ts'
import { complaining, page } from './shop.ts'

declare const CRUM: Collector & Partial<Settings>
declare const uncaught: string[]
declare const complaints: string[]
declare const done: { isPatched: boolean } | undefined

/** A page whose client has these settings and no other; it keeps all that it complains of. */
const bare = (client: string) => page({ head: complaining }).replace(loaderOf, () => client)
const loaderOf = /<script>\s*\(function[\s\S]*?<\/script>/

const isSample = ({ payload }: Arrival) => payload.beacon.reason === 'sample'

/** What the page complains of, on its console or by an error of its own. */
const complaintsOf = (visitor: Tab) => visitor.run(() => [...complaints, ...uncaught.map((text) => `thrown: ${text}`)])

/** The settings that the client goes by, as its first step on the debug stream tells. */
const inForce = (visitor: Tab) =>
  visitor.run(() => {
    let settings: unknown
    CRUM.debug$.subscribe((step: Step) => {
      if (step.type === 'init') settings = step.settings
    })
    return JSON.parse(JSON.stringify(settings)) as Partial<Settings>
  })

const wrong: [name: string, given: string, shown: string][] = [
  ['samplingRate', "'fast'", '"fast"'],
  ['entriesRate', '-1', '-1'],
  ['maxEntries', '0', '0'],
  ['ignoreResources', '7', '7'],
  ['savingMode', "'no'", '"no"'],
  ['newSessionAfter', 'null', 'null'],
  ['stopCollectorAfter', 'NaN', '"NaN"'],
  ['viewId', '{ a: 1 }', '{"a":1}'],
  ['labels', '[1, 2]', '[1,2]'],
  ['trackResources', '0', '0'],
  ['trackHeroes', "''", '""'],
  ['trackErrors', '1', '1'],
  ['trackConsole', 'null', 'null'],
  ['endpoint', '5', '5'],
  ['sampleRate', '2', '2'],
  ['beforeSend', "'scrub'", '"scrub"'],
  ['maskUrl', '/a/', '"/a/"'],
  ['respectGpc', "'yes'", '"yes"'],
  ['consent', "'maybe'", '"maybe"'],
  ['onReady', "'call me'", '"call me"'],
  ['sampelRate', '3000', '3000'],
  ['toString', "'text'", '"text"'],
]

test('names each wrong setting in one console error, and goes on with its default', async ({ site, tab }) => {
  const settings = wrong.map(([name, given]) => `${name}: ${given}`)
  const shop = await site({ '/': bare(loader('/rum', `{ ${settings} }`)) })
  const visitor = await tab(shop.url('/'))
  await visitor.until(() => !!CRUM.debug$)
  const said = await complaintsOf(visitor)
  const told = said.map((line) => /^crum: setting (\w+) is (.*), expected \w+/.exec(line)?.slice(1) ?? line)
  expect(told.sort()).toEqual(wrong.map(([name, , shown]) => [name, shown]).sort())
  expect(await inForce(visitor)).toMatchObject({
    samplingRate: 5000,
    entriesRate: 500,
    maxEntries: 50,
    savingMode: true,
    // what is said of consent is not that it is there
    consent: 'pending',
  })
  await visitor.run(() => CRUM.consent(true))
  await visitor.hide()
  const beacons = await shop.until((beacons) => beacons.length > 0)
  expect(beacons[0]?.payload).toMatchObject({ view: { id: '/' }, attributes: { labels: [] } })
})

test.for(['5', 'null', '{}'])(
  'posts to the address of the script where the endpoint is %s',
  async (given, { site, tab }) => {
    const shop = await site({ '/': page({ settings: `{ endpoint: ${given} }` }) })
    await tab(shop.url('/'))
    const [beacon] = await shop.until((beacons) => beacons.length > 0)
    expect(beacon?.path).toBe('/rum')
  },
)

test('says nothing of settings that are right', async ({ site, tab }) => {
  const right = `{ samplingRate: 100, entriesRate: 100, maxEntries: 10, ignoreResources: ['/rum', 'favicon'], savingMode: false,
    newSessionAfter: 10, stopCollectorAfter: 10, viewId: 'home', labels: ['a=1'], trackResources: true, trackHeroes: true,
    trackErrors: false, trackConsole: false, endpoint: '/rum', sampleRate: 1, beforeSend: (payload) => payload,
    maskUrl: (url) => url, respectGpc: false, consent: 'granted', onReady() {} }`
  const shop = await site({ '/': bare(loader('/rum', right)) })
  const visitor = await tab(shop.url('/'))
  const beacons = await shop.until((beacons) => beacons.some(isSample))
  expect(beacons[0]?.payload).toMatchObject({ view: { id: 'home' }, attributes: { labels: ['a=1'] } })
  expect(await complaintsOf(visitor)).toEqual([])
})

test.for([
  ['a text', "CRUM = 'text'", 1],
  ['a number', 'CRUM = 7', 1],
  ['true', 'CRUM = true', 1],
  ['a list', 'CRUM = [1, 2]', 2],
  ['null', 'CRUM = null', 0],
  ['a function', 'CRUM = () => {}', 1],
  ['a frozen object', 'CRUM = Object.freeze({ labels: "a=1" })', 0],
  ['an object without a prototype', 'CRUM = Object.assign(Object.create(null), { labels: "a=1" })', 0],
  ['an object that throws when it is read', 'CRUM = { get viewId() { throw new Error("mine") } }', 1],
  ['a property that can not be replaced', "Object.defineProperty(window, 'CRUM', { value: { labels: 'a=1' } })", 1],
] as const)('collects where window.CRUM is %s', async ([, script, most], { site, tab }) => {
  const shop = await site({ '/': bare(`<script>${script}</script><script id="CRUM" src="/rum"></script>`) })
  const visitor = await tab(shop.url('/'))
  await visitor.hide()
  const [beacon] = await shop.until((beacons) => beacons.length > 0)
  const said = await complaintsOf(visitor)
  expect(said.filter((line) => !line.startsWith('crum: '))).toEqual([])
  expect(said.length).toBeLessThanOrEqual(most)
  expect(beacon?.payload.attributes.labels).toEqual(script.includes('a=1') ? ['a=1'] : [])
  if (!script.startsWith('Object.define')) expect(await visitor.run(() => typeof CRUM.addEvent)).toBe('function')
})

test('outlives an onReady that throws, whose error is told to the console', async ({ site, tab }) => {
  const settings = "{ onReady() { throw new Error('mine') } }"
  const shop = await site({ '/': page({ head: complaining, settings }) })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.some(isSample))
  expect(await complaintsOf(visitor)).toEqual([expect.stringMatching(/mine/)])
})

test('sends each sample where the saving mode is off', async ({ site, tab }) => {
  const shop = await site({ '/': page({ settings: { samplingRate: 100, savingMode: false } }) })
  const visitor = await tab(shop.url('/'))
  const beacons = await shop.until((beacons) => beacons.filter(isSample).length > 35)
  const types = await visitor.run(() => {
    const types: string[] = []
    CRUM.debug$.subscribe(({ type }: Step) => types.push(type)).unsubscribe()
    return types
  })
  expect(types).toContain('sample')
  expect(types).not.toContain('skip')
  // nothing was new any more
  const last = beacons.map(({ payload }) => payload).sort((one, other) => other.beacon.seq - one.beacon.seq)[0]
  expect(Object.keys(last ?? {})).not.toContain('metrics')
})

const lists = {
  trackResources: ['resources', 'resourceTypes'],
  trackHeroes: ['marks'],
  trackErrors: ['errors'],
  trackConsole: ['console'],
}

test.for(['trackResources', 'trackHeroes', 'trackErrors', 'trackConsole'] as const)(
  'neither collects nor patches for %s: false',
  async (name, { site, tab }) => {
    const head = '<script>var original = console.error, done</script>'
    const shop = await site({ '/': page({ head, settings: { [name]: false } }), '/data': 'data' })
    const visitor = await tab(shop.url('/'))
    await visitor.until(() => !!CRUM.debug$)
    await visitor.script(`
      performance.mark('HE-mark')
      console.error('said')
      setTimeout(() => { throw new Error('thrown') })
      fetch('/data').then((response) => response.text()).then(() => setTimeout(() => {
        CRUM.addEvent('end')
        done = { isPatched: console.error !== original }
      }, 100))
    `)
    expect(await visitor.until(() => done)).toEqual({ isPatched: name !== 'trackConsole' })
    await visitor.hide()
    const expected = Object.entries(lists).flatMap(([setting, names]) => (setting === name ? [] : names))
    const seen = (beacons: Arrival[]) => Object.keys(Object.assign({}, ...beacons.map(({ payload }) => payload.view)))
    const beacons = await shop.until((beacons) => ['events', ...expected].every((list) => seen(beacons).includes(list)))
    for (const list of lists[name]) expect(seen(beacons), list).not.toContain(list)
  },
)
