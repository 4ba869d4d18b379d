import type { ConsoleMessage, Page } from 'playwright'
import type { Collector, Equipped, Settings, Status, Step } from '../../src/index.ts'
import type { AnyStep } from '../helpers/steps.ts'
import { expect, test } from './harness/browserTest.ts'
import type { Arrival } from './harness/inbox.ts'
import type { Route } from './harness/routes.ts'
import { loader } from './harness/snippet.ts'
import { hide } from './harness/tabs.ts'

declare const CRUM: Collector & { status(): Promise<Status> }

const page = (settings: Partial<Settings> = {}, body = '<p>hello') =>
  `<!doctype html><html><head><title>page</title>${loader('/rum', { samplingRate: 100, ...settings })}</head><body>${body}</body></html>`

const isSample = ({ payload }: Arrival) => payload.beacon.reason === 'sample'

/** What a tab prints, and what goes wrong in it. */
function watched(visitor: Page) {
  const [printed, failures]: [ConsoleMessage[], string[]] = [[], []]
  visitor.on('console', (message) => printed.push(message))
  visitor.on('pageerror', ({ message }) => failures.push(message))
  return { printed, failures }
}

/** All steps, the history included, up to the first one of a type. */
const stepsUntil = (visitor: Page, type: string): Promise<AnyStep[]> =>
  visitor.evaluate((type) => {
    const steps: AnyStep[] = []
    return new Promise<AnyStep[]>((resolve) => {
      CRUM.debug$.subscribe((step) => {
        // the history goes on behind it
        if (steps.at(-1)?.type === type) return
        steps.push(JSON.parse(JSON.stringify(step)))
        if (step.type === type) resolve(steps)
      })
    })
  }, type)

test('prints history and live steps with subscribe(console.log), as plain objects', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab()
  const { printed } = watched(visitor)
  await visitor.goto(shop.url('/'))
  await shop.until((beacons) => beacons.some(isSample))
  await visitor.evaluate(() => {
    CRUM.debug$.subscribe(console.log)
    CRUM.addEvent('live')
  })
  await shop.until((beacons) => beacons.some(({ payload }) => payload.view.events))
  const steps = (await Promise.all(printed.map((message) => message.args()[0]?.jsonValue()))) as Step[]
  expect(printed.every((message) => message.type() === 'log')).toBe(true)
  expect(steps.every(({ type, timeStamp }) => type && typeof timeStamp === 'number')).toBe(true)
  expect(steps[0]).toMatchObject({ type: 'init', settings: { samplingRate: 100 } })
  expect(steps).toContainEqual(
    expect.objectContaining({
      type: 'reading',
      field: 'view.events[]',
      value: expect.objectContaining({ live: {} }),
    }),
  )
})

test('gives steps that can be copied: no page object, entry or element', async ({ site, tab }) => {
  const shop = await site({ '/': page({}, '<button crum-action="a" crum-send>a</button>') })
  const visitor = await tab(shop.url('/?debug=1'))
  await visitor.click('button')
  await shop.until((beacons) => beacons.some(({ payload }) => payload.view.actions))
  const unusual = await visitor.evaluate(() => {
    const unusual: string[] = []
    CRUM.debug$.subscribe((step) => {
      const { settings, ...rest } = step as AnyStep
      if (
        Object.getPrototypeOf(step) !== Object.prototype ||
        JSON.stringify(structuredClone(rest)) !== JSON.stringify(rest)
      )
        unusual.push(step.type)
    })
    return unusual
  })
  expect(unusual).toEqual([])
})

test('tells the life of the client in its order', async ({ site, tab }) => {
  const shop = await site({ '/': page({ trackResources: false }) })
  const visitor = await tab(shop.url('/?debug=1'))
  await visitor.waitForFunction(() => CRUM.debug$)
  await stepsUntil(visitor, 'sent')
  const told = stepsUntil(visitor, 'stop')
  await visitor.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)))
  await visitor.evaluate(() => CRUM.stop())
  const steps = await told
  const first = (type: string) => steps.findIndex((step) => step.type === type)
  // the session is read in an idle moment
  expect(first('session')).toBeGreaterThan(first('init'))
  const order = ['init', 'reading', 'sample', 'send', 'sent', 'stop'].map(first)
  expect(order).not.toContain(-1)
  expect(order).toEqual([...order].sort((a, b) => a - b))
  expect(steps.at(-1)?.type).toBe('stop')
  const times = steps.map(({ timeStamp }) => timeStamp)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

test('tells of each beacon that it was sent, and of each sample what became of it', async ({ site, tab }) => {
  const shop = await site({ '/': page({ trackResources: false }) })
  const visitor = await tab(shop.url('/'))
  await visitor.waitForFunction(() => CRUM.debug$)
  await stepsUntil(visitor, 'sent')
  await visitor.evaluate(() => CRUM.stop())
  const steps = await stepsUntil(visitor, 'stop')
  const fates = steps.map(({ type }) => type).filter((type) => /^(sample|send|skip)$/.test(type))
  for (const [index, type] of fates.entries()) if (type === 'sample') expect(fates[index + 1]).toMatch(/send|skip/)
  const sealed = steps.filter(({ type }) => type === 'send').map(({ id }) => id)
  const sent = steps.filter(({ type }) => type === 'sent').map(({ id }) => id)
  expect(sent.sort()).toEqual(sealed.sort())
  expect(shop.beacons.map(({ payload }) => payload.beacon.id).sort()).toEqual(sealed)
})

test('says what was refused, and why', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  shop.answer = () => ({ status: 400 })
  const visitor = await tab(shop.url('/'))
  await visitor.waitForFunction(() => CRUM.debug$)
  const drop = (await stepsUntil(visitor, 'drop')).at(-1)
  // on a busy machine the second of them may be answered first
  expect(shop.beacons.map(({ payload }) => payload.beacon.id)).toContain(drop?.id)
  expect(drop).toMatchObject({ type: 'drop', status: 400 })
})

test('is not disturbed by a subscriber that throws, nor is the page', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab()
  const { failures, printed } = watched(visitor)
  await visitor.goto(shop.url('/'))
  await visitor.waitForFunction(() => CRUM.debug$)
  await visitor.evaluate(() => {
    CRUM.debug$.subscribe(() => {
      throw new Error('mine')
    })
    CRUM.addEvent('still')
  })
  const other = stepsUntil(visitor, 'stop')
  await shop.until((beacons) => beacons.some(({ payload }) => payload.view.events))
  // longer than the timer by which RxJS tells of such an error
  await visitor.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)))
  await visitor.evaluate(() => CRUM.stop())
  expect((await other).at(-1)?.type).toBe('stop')
  expect(failures).toEqual([])
  const thrown = printed.filter((message) => message.text().includes('mine')).length
  expect(thrown).toBeGreaterThan(0)
  // a step is told once; telling of its error is no step
  expect(thrown).toBeLessThanOrEqual((await other).length)
  expect(new Set(consoleIn(shop.beacons))).toEqual(new Set())
})

/** The heads of the groups that were printed, which say what happened. */
const heads = (printed: ConsoleMessage[]) =>
  printed.filter((message) => message.type() === 'startGroupCollapsed').map((message) => message.text())

const headOf = (type: string) => expect.stringMatching(new RegExp(`^%ccrum ${type}%c`))

test('prints a closed, coloured group for each step with ?debug=1, and sends', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab()
  const { printed } = watched(visitor)
  await visitor.goto(shop.url('/?debug=1'))
  await shop.until((beacons) => beacons.some(isSample))
  await visitor.evaluate(() => CRUM.stop())
  // what came before the tools is told as well
  for (const type of ['init', 'session', 'load', 'sample', 'send', 'sent', 'stop'])
    await expect.poll(() => heads(printed)).toContainEqual(headOf(type))
  expect(heads(printed)).toContainEqual(
    expect.stringMatching(/^%ccrum sent%c seq 0, reason sample, bytes \d+, way fetch, status 204 color:green/),
  )
  expect(printed.map((message) => message.text())).toContainEqual(expect.stringMatching(/^readings /))
  expect(printed.filter((message) => message.type() === 'error')).toEqual([])
  expect(consoleIn(shop.beacons)).toEqual([])
})

test('prints the same with ?debug=dry, and sends nothing', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab()
  const { printed } = watched(visitor)
  await visitor.goto(shop.url('/?a=1&debug=dry'))
  await visitor.waitForFunction(() => CRUM.debug$)
  expect((await stepsUntil(visitor, 'sent')).at(-1)).toMatchObject({ way: 'dry' })
  await hide(visitor)
  for (const type of ['init', 'sample', 'send', 'sent'])
    await expect.poll(() => heads(printed)).toContainEqual(headOf(type))
  await visitor.goto(shop.url('/rum'))
  expect(shop.requests.filter((request) => request.startsWith('POST'))).toEqual([])
})

test('draws samples and beacons in a track of the Performance panel, only while debugging', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const drawn = async (path: string) => {
    const visitor = await tab(shop.url(path))
    const { length } = shop.beacons
    await shop.until((beacons) => beacons.slice(length).some(isSample))
    await visitor.evaluate(() => CRUM.stop())
    await stepsUntil(visitor, 'stop')
    return visitor.evaluate(() =>
      (performance.getEntriesByType('measure') as PerformanceMeasure[]).map(({ name, detail, duration }) => ({
        ...{ name: name.replace(/ .*/, ''), track: detail.devtools.track, isLong: duration > 0 },
      })),
    )
  }
  const measures = await drawn('/?debug=1')
  expect(measures).toContainEqual({ name: 'sent', track: 'crum', isLong: true })
  // the first sample as well, which begins with the load
  const samples = measures.filter(({ name }) => name === 'sample')
  expect(samples.length).toBeGreaterThan(0)
  for (const sample of samples) expect(sample).toEqual({ name: 'sample', track: 'crum', isLong: true })
  expect(await drawn('/')).toEqual([])
})

test('can be looped over, and narrowed first, when it has its tools', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab(shop.url('/?debug=1'))
  await visitor.waitForFunction(() => CRUM.debug$)
  const types = await visitor.evaluate(async () => {
    const types: string[] = []
    await CRUM.status()
    const { debug$ } = CRUM as unknown as Equipped
    for await (const { type } of debug$.filter('init', 'send')) {
      types.push(type)
      if (type === 'send') break
    }
    return types
  })
  expect(types).toEqual(['init', 'send'])
})

test('prints tables of what was done when status() is called, though nobody asked for tools before', async ({
  site,
  tab,
}) => {
  const shop = await site({ '/': page({ trackConsole: false }) })
  const visitor = await tab()
  const { printed } = watched(visitor)
  await visitor.goto(shop.url('/'))
  await shop.until((beacons) => beacons.some(isSample))
  expect(shop.requests).not.toContain('GET /crum.debug.js')
  const status = await visitor.evaluate(() => CRUM.status())
  expect(status).toMatchObject({
    sources: { 'view.console[]': { state: 'off' }, 'view.longTasks[]': { state: 'on' }, metrics: { state: 'on' } },
    beacons: { from: 0, most: 500 },
    ...{ dropped: {}, errors: {} },
  })
  expect(status.beacons.sent).toBeGreaterThan(0)
  expect(status.beacons.bytes).toBeGreaterThan(500)
  // single readings are counted from then on: nobody takes note of them before
  const again = await visitor.evaluate(() => {
    CRUM.addEvent('later')
    return CRUM.status()
  })
  expect(status.sources['view.events[]']).toMatchObject({ state: 'on', readings: 0 })
  expect(again.sources['view.events[]']).toMatchObject({ state: 'on', readings: 1 })
  expect(again.beacons.sent).toBeGreaterThanOrEqual(status.beacons.sent)
  expect(printed.map((message) => message.type())).toEqual(['table', 'table', 'table', 'table'])
  expect(shop.requests.filter((request) => request === 'GET /crum.debug.js')).toHaveLength(1)
})

test('counts all from the beginning with ?debug=1', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab(shop.url('/?debug=1'))
  await shop.until((beacons) => beacons.some(isSample))
  const { sources, beacons } = await visitor.evaluate(() => CRUM.status())
  expect(beacons.from).toBe(0)
  expect(sources.metrics?.readings).toBeGreaterThan(0)
})

test('says what status() does not know of a page that has lived for longer than the remembered steps', async ({
  site,
  tab,
}) => {
  const shop = await site({
    '/': page({ trackConsole: false, samplingRate: 10, entriesRate: 50, maxEntries: 20 }),
    '/data': '{}',
  })
  const visitor = await tab()
  const { printed } = watched(visitor)
  await visitor.goto(shop.url('/'))
  await visitor.evaluate(() => Promise.all(Array.from({ length: 120 }, (_, at) => fetch(`/data?${at}`))))
  const entries = () => shop.beacons.flatMap(({ payload }) => payload.view.resources ?? [])
  await shop.until(() => entries().filter(({ name }) => name.includes('/data?')).length >= 120)
  await visitor.waitForFunction(() => {
    let isForgotten = true
    const known = CRUM.debug$.filter('init').subscribe(() => {
      isForgotten = false
    })
    known.unsubscribe()
    return isForgotten
  })
  const { sources, beacons } = await visitor.evaluate(() => CRUM.status())

  expect(beacons.from).toBeGreaterThan(0)
  expect(sources['view.console[]']).toMatchObject({ state: 'off' })
  // it is on, but for all that is known it might have failed
  expect(sources['view.actions[]']).toMatchObject({ state: 'unknown', readings: 0 })
  // the entry of the tools themselves is the last one
  const waiting = () => visitor.evaluate(async () => (await CRUM.status()).sources['view.resources[]']?.waiting)
  await expect.poll(waiting).toBe(0)
  expect(printed.map((message) => message.text()).at(-1)).toMatch(/^crum: counted since [\d.]+ s .*\?debug=1/)
})

test.for<[string, Route]>([
  ['can not be fetched', { status: 404, body: '' }],
  ['are another script', { body: 'var other = 1', headers: { 'content-type': 'text/javascript' } }],
])('prints plain lines, and says so to who asks for status(), where its tools %s', async ([, tools], { site, tab }) => {
  const shop = await site({ '/': page(), '/crum.debug.js': tools })
  const visitor = await tab()
  const { printed, failures } = watched(visitor)
  await visitor.goto(shop.url('/?debug=1'))
  await shop.until((beacons) => beacons.some(isSample))
  const lines = () => printed.filter((message) => message.type() === 'log').map((message) => message.text())
  for (const type of ['init', 'session', 'load', 'sample', 'send', 'sent'])
    await expect.poll(lines).toContainEqual(expect.stringMatching(new RegExp(`^crum [\\d.]+ ms: ${type}\\b`)))
  const refused = await visitor.evaluate(() => CRUM.status().then(() => 'told', String))
  expect(refused).toContain('CRUM.status() is in crum.debug.js')
  expect(refused).toContain(shop.url('/crum.debug.js'))
  expect(failures).toEqual([])
})

test('starts nothing when it is loaded again, and has a status() then as well', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab(shop.url('/'))
  await shop.until((beacons) => beacons.some(isSample))
  const before = await visitor.evaluate(() => CRUM.status())
  await visitor.addScriptTag({ url: shop.url('/rum') })
  const after = await visitor.evaluate(() => CRUM.status())
  expect(after.beacons.sent).toBeGreaterThanOrEqual(before.beacons.sent)
})

test.for(['/', '/?debug=0', '/?nodebug=1', '/?debug=10', '/#?debug=1'])(
  'prints nothing at %s',
  async (path, { site, tab }) => {
    const shop = await site({ '/': page() })
    const visitor = await tab()
    const { printed } = watched(visitor)
    await visitor.goto(shop.url(path))
    await shop.until((beacons) => beacons.some(isSample))
    expect(printed.map((message) => message.text())).toEqual([])
  },
)

test('prints its own errors where the page can see them, but never collects them', async ({ site, tab }) => {
  const shop = await site({ '/': page() })
  const visitor = await tab()
  const { printed } = watched(visitor)
  await visitor.goto(shop.url('/?debug=1'))
  await visitor.waitForFunction(() => CRUM.debug$)
  await visitor.evaluate(() => {
    CRUM.addEvent('')
    console.warn('of the page')
  })
  await shop.until((beacons) => consoleIn(beacons).length > 0)
  expect(printed.some((message) => message.type() === 'error' && /^crum: .*addEvent/.test(message.text()))).toBe(true)
  expect(consoleIn(shop.beacons)).toEqual(['of the page'])
})

/** The first arguments of the console calls that were collected. */
function consoleIn(beacons: Arrival[]): unknown[] {
  return beacons.flatMap(({ payload }) => payload.view.console ?? []).map(({ value }) => value[0])
}
