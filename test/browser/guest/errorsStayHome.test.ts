import type { Page } from 'playwright'
import type { Collector, Step } from '../../../src/index.ts'
import { expect, test } from '../harness/browserTest.ts'
import type { Site } from '../harness/site.ts'
import { untilTold } from '../readings/told.ts'
import { bundle } from './bundle.ts'
import { complaints, guestPage, received, work } from './guestPage.ts'

declare const CRUM: Collector
declare const heard: string[]

/** What the page itself hears, on every way that an error can take. */
const ears = `
  var heard = []
  window.onerror = (message) => { heard.push('onerror ' + message) }
  addEventListener('error', ({ message }) => heard.push('error ' + message), true)
  addEventListener('unhandledrejection', ({ reason }) => heard.push('unhandledrejection ' + reason))
`

const steps = (visitor: Page): Promise<Step[]> =>
  visitor.evaluate(() => {
    const steps: Step[] = []
    CRUM.debug$.subscribe((step) => steps.push(step)).unsubscribe()
    return JSON.parse(JSON.stringify(steps))
  })

/** All but what fails goes on, the page hears nothing, and the debug stream tells which part it was. */
async function expectHome(visitor: Page, at: Site, part: string, message: RegExp, others = true) {
  if (others) await untilTold(received(at), ({ view }) => expect(view.events).toMatchObject([{ alive: {} }]))
  await expect
    .poll(async () => (await steps(visitor)).filter(({ type }) => type === 'error'))
    .toContainEqual(
      expect.objectContaining({ part: expect.stringMatching(part), message: expect.stringMatching(message) }),
    )
  // a rejection or a timer that throws is heard in a later task
  await visitor.waitForTimeout(300)
  expect(await visitor.evaluate(() => heard)).toEqual([])
}

/** Settings of a page that throw, in the script. */
test.for<[what: string, settings: string, part: string, others?: boolean]>([
  ['beforeSend', `beforeSend() { throw new Error('of theirs') }`, 'beforeSend', false],
  ['maskUrl', `maskUrl() { throw new Error('of theirs') }`, 'maskUrl', false],
  ['onReady', `onReady() { throw new Error('of theirs') }`, 'onReady'],
])('keeps the throw of %s at home', async ([, settings, part, others], { site, tab }) => {
  const at = await site({
    ...guestPage({ before: ears }),
    '/settings.js': `CRUM = { samplingRate: 100, ${settings} }`,
  })
  const visitor = await tab(at.url('/'))
  await expectHome(visitor, at, part, /of theirs/, others)
})

test('keeps the throw of who listens to the debug stream at home, and tells the others all the same', async ({
  site,
  tab,
}) => {
  const after = `
    CRUM.debug$.subscribe(() => { throw new Error('of theirs') })
    var told = []
    CRUM.debug$.subscribe({ next: ({ type }) => told.push(type) })
    CRUM.debug$.subscribe({ next() { Promise.reject(new Error('rejected')).catch(() => {}); throw 0 } })`
  const at = await site(guestPage({ before: ears, after }))
  const visitor = await tab(at.url('/'))
  await untilTold(received(at), ({ view }) => expect(view.events).toMatchObject([{ alive: {} }]))
  await visitor.waitForTimeout(300)
  const { told, ...rest } = await visitor.evaluate(() => ({
    told: (globalThis as unknown as { told: string[] }).told,
    heard,
  }))
  expect(told).toEqual(expect.arrayContaining(['init', 'sample', 'send', 'sent']))
  expect(rest.heard).toEqual([])
})

test('lets the page go on through functions that were called with nonsense', async ({ site, tab }) => {
  const at = await site(guestPage({ before: ears }))
  const visitor = await tab(at.url('/'))
  await visitor.evaluate(() => {
    const no = () => {
      throw new Error('no')
    }
    const hostile = new Proxy({}, { get: no, ownKeys: no, getPrototypeOf: no })
    const values = [undefined, null, 0, Symbol('s'), 1n, no, hostile, { toString: no }, Object.create(null), [], '']
    for (const value of values) {
      for (const name of ['addEvent', 'setViewId', 'addToLabels'] as const) {
        CRUM[name](value as never)
        ;(CRUM[name] as (...given: unknown[]) => void)('name', value)
      }
    }
  })
  await visitor.waitForTimeout(500)
  expect(await visitor.evaluate(() => heard)).toEqual([])
  await untilTold(received(at), ({ view }) => expect(view.events.length).toBeGreaterThanOrEqual(1))
})

/** Parts of the user's own, in the package, where RxJS and its `config` are the user's too. */
const own = (parts: string, more = '') =>
  bundle(`
    import { beaconSink, collect, defaultSources, into } from '../../../dist/index.js'
    import { config, EMPTY, finalize, from, fromEvent, ignoreElements, interval, map, merge, mergeMap, NEVER, Observable, of, Subject, switchMap, take, tap, timer } from 'rxjs'
    const fail = () => { throw new Error('of theirs') }
    window.config = config
    window.before = { ...config }
    window.CRUM = collect({ endpoint: '/rum', samplingRate: 100, ...(${parts}) })
    ${more}
  `)

const source = (text: string) => `{ sources: [...defaultSources(), ${text}] }`
const sink = (text: string) => `{ sinks: [beaconSink(), ${text}] }`

test.for<[what: string, parts: string, part: string]>([
  ['a source, when it is made,', source('fail'), '^(fail|source \\d+)$'],
  ['a source, when it is subscribed to,', source('new Observable(fail)'), '^(fail|source \\d+)$'],
  [
    'a source, at once,',
    source('new Observable((subscriber) => subscriber.error(new Error("of theirs")))'),
    '^(fail|source \\d+)$',
  ],
  ['a source, later, in an operator,', source('timer(50).pipe(map(fail))'), '^(fail|source \\d+)$'],
  ['a source, later, in work of the scheduler,', source('interval(50).pipe(tap(fail))'), '^(fail|source \\d+)$'],
  [
    'a source that is a rejected promise',
    source('from(Promise.reject(new Error("of theirs")))'),
    '^(fail|source \\d+)$',
  ],
  ['a source that tells no reading', source('of("of theirs", 1)'), '^(fail|source \\d+)$'],
  ['a source whose value can not be read', source('of({ get field() { return fail() } })'), '^(fail|source \\d+)$'],
  ['a sink, when it is made,', sink('fail'), 'sink'],
  ['a sink, at the first payload,', sink('(payload$) => payload$.pipe(map(fail))'), 'sink'],
  [
    'a sink that rejects',
    sink('(payload$) => payload$.pipe(mergeMap(() => Promise.reject(new Error("of theirs"))))'),
    'sink',
  ],
  ['a sink, later,', sink('(payload$) => payload$.pipe(mergeMap(() => timer(20).pipe(map(fail))))'), 'sink'],
  ['beforeSend', '{ beforeSend: fail, sinks: [beaconSink()] }', 'beforeSend'],
])('keeps the throw of %s at home', async ([, parts, part], { site, tab }) => {
  const at = await site({
    '/': `<!doctype html><html><head><script src="/ears.js"></script><script src="/own.js"></script></head><body><script src="/work.js"></script></body></html>`,
    '/ears.js': ears,
    '/own.js': await own(parts),
    '/work.js': work,
    '/done': { status: 204 },
  })
  const visitor = await tab()
  const complained = complaints(visitor)
  await visitor.goto(at.url('/'))
  await expectHome(visitor, at, part, /of theirs|not a|undefined/, part !== 'beforeSend')
  expect(complained.filter((line) => line.startsWith('uncaught'))).toEqual([])
})

test("leaves the user's own RxJS as it was, and lets its errors surface", async ({ site, tab }) => {
  const at = await site({
    '/': `<!doctype html><html><head><script src="/ears.js"></script><script src="/own.js"></script></head><body></body></html>`,
    '/ears.js': ears,
    '/own.js': await own(
      '{}',
      `
      window.same = Object.keys(before).every((name) => config[name] === before[name]) && Object.keys(config).length === Object.keys(before).length
      of(1).subscribe(() => { throw new Error('mine') })`,
    ),
  })
  const visitor = await tab(at.url('/'))
  await visitor.waitForFunction(() => heard.length > 0)
  const seen = await visitor.evaluate(() => ({ heard, same: (globalThis as unknown as { same: boolean }).same }))
  expect(seen).toEqual({ heard: ['onerror Uncaught Error: mine', 'error Uncaught Error: mine'], same: true })
})

test.for<[what: string, parts: string, part: string, end?: () => void]>([
  ['a source', source('new Observable(() => fail)'), '^source \\d+$'],
  ['a source, in finalize,', source('NEVER.pipe(finalize(fail))'), '^source \\d+$'],
  ['a source that has ended', source('timer(50).pipe(finalize(fail), ignoreElements())'), '^source \\d+$'],
  ['a sink', sink('(payload$) => new Observable(() => fail)'), '^sink$', () => CRUM.consent(false)],
  ['a sink that has ended', sink('(payload$) => payload$.pipe(take(1), ignoreElements(), finalize(fail))'), '^sink$'],
])('keeps at home what the teardown of %s throws, and stops all else', async ([, parts, part, end], { site, tab }) => {
  const at = await site({
    '/': `<!doctype html><html><head><script src="/ears.js"></script><script src="/own.js"></script></head><body><script src="/work.js"></script></body></html>`,
    '/ears.js': `${ears}; var native = { ...console }`,
    '/own.js': await own(parts),
    '/work.js': work,
    '/done': { status: 204 },
  })
  const visitor = await tab(at.url('/'))
  await untilTold(received(at), ({ view }) => expect(view.events).toMatchObject([{ alive: {} }]))
  const isNative = await visitor.evaluate((end) => {
    if (end) new Function(`(${end})()`)()
    CRUM.stop()
    return console.error === (globalThis as unknown as { native: Console }).native.error
  }, end && String(end))
  expect(isNative).toBe(true)
  await expectHome(visitor, at, part, /of theirs/)
})
