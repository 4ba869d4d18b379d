import { vi } from 'vitest'
import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { silence } from './silence.ts'

declare const CRUM: Collector

/** What comes may wait for 48 samples, which are of a second in some of these. */
const patiently = { timeout: 120_000 }
vi.setConfig({ testTimeout: 300_000 })

/**
 * What a page tells soon after a beacon may be an echo, which waits until something comes that is none. On a busy machine
 * that may be half a minute: so the page tells it again and again, until it is heard.
 */
async function untilHeard(tell: () => Promise<unknown>, isHeard: () => boolean): Promise<void> {
  for (const end = performance.now() + patiently.timeout; !isHeard(); ) {
    if (performance.now() > end) throw new Error('what the page tells was expected to be heard in the end')
    await tell()
    await vi.waitUntil(isHeard, { timeout: 2000 }).catch(() => {})
  }
}

const html = (before: string, settings = '', rate = 100) =>
  `<!doctype html><html><head><title>page</title><script>${before}</script>
  ${loader('/rum', `{ samplingRate: ${rate}, entriesRate: ${rate}, ignoreResources: 'no', ${settings} }`)}</head><body>hello</body></html>`

test.concurrent.for([
  ['beforeSend logs', '', "beforeSend: (payload) => { console.debug('sends', payload); return payload }"],
  [
    'beforeSend fails now and then, and is told of',
    '',
    "beforeSend: (payload) => { reportError(new Error('odd')); return payload }",
  ],
  ['beforeSend records events', '', "beforeSend: (payload) => { CRUM.addEvent('sent'); return payload }"],
  ['maskUrl logs', '', "maskUrl: (url) => { console.warn('masks', url); return url }"],
  ['debug$ is printed', '', 'onReady: (CRUM) => { CRUM.debug$.subscribe((step) => console.debug(step)) }'],
  [
    'debug$ makes events',
    '',
    "onReady: (CRUM) => { CRUM.debug$.subscribe((step) => CRUM.addEvent('step', step.type)) }",
  ],
  [
    'fetch was wrapped, and logs',
    "const plain = fetch; window.fetch = (...given) => { console.debug('asks', given[0]); return plain(...given) }",
    '',
  ],
  [
    'localStorage was wrapped, and logs',
    "const plain = Storage.prototype.setItem; Storage.prototype.setItem = function (...given) { console.debug('stores', given); return plain.apply(this, given) }",
    '',
  ],
] as const)('is silent on an idle page where %s', async ([, before, settings], { expect, site, ownWindow }) => {
  const at = await site({ '/': html(before, settings) })
  const visitor = await ownWindow(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await silence(at)
  const quiet = at.beacons.length
  // the page's own are heard as before
  await visitor.run(() => {
    console.debug('own')
    CRUM.addEvent('own')
  })
  const told = () =>
    at.beacons
      .slice(quiet)
      .flatMap(({ payload: { view } }) => [
        ...(view.console ?? []).map(({ value }) => value[0]),
        ...(view.events ?? []).flatMap((event) => Object.keys(event).filter((name) => name !== 'timeStamp')),
      ])
  await expect.poll(told, patiently).toEqual(['own', 'own'])
})

const wrapped = (after: string) =>
  `const plain = fetch
  window.fetch = async (...given) => {
    const answer = await plain(...given)
    if (/rum/.test(given[0])) { ${after} }
    return answer
  }`
const later = (ms: number, what: string) => wrapped(`setTimeout(() => { ${what} }, ${ms})`)

/** What pages, and functions of their owners, do in answer to the client, when the client is at work no more. */
test.concurrent.for<[what: string, before: string, settings?: string]>([
  ['logs when the answer is there', wrapped("console.debug('answered', given[0])")],
  ['logs after some samples', later(300, "console.debug('answered')")],
  ['throws', later(10, "throw new Error('answered')")],
  ['makes a request', wrapped("plain('/?seen=' + Math.random())")],
  ['makes several requests', wrapped("plain('/?1'); plain('/?2')")],
  [
    'logs each request that the browser tells it of',
    "new PerformanceObserver((list) => { for (const { name } of list.getEntries()) console.debug('seen', name) }).observe({ type: 'resource' })",
  ],
  [
    'reports each request that the browser tells it of',
    "new PerformanceObserver((list) => { for (const { name } of list.getEntries()) if (/rum/.test(name)) fetch('/other?' + Math.random()) }).observe({ type: 'resource' })",
  ],
  [
    'has wrapped its storage, and logs later',
    `const plain = Storage.prototype.setItem
    Storage.prototype.setItem = function (...given) {
      setTimeout(() => console.debug('stored'))
      return plain.apply(this, given)
    }`,
  ],
  ...[
    ['logs in a microtask', "queueMicrotask(() => console.debug('sends'))"],
    ['logs later', "setTimeout(() => console.debug('sends'), 20)"],
    ['makes a request', "fetch('/?sends=' + Math.random())"],
    ['rejects', "Promise.reject(new Error('sends'))"],
  ].map(([what, action]): [string, string, string] => [
    `${what} in beforeSend`,
    '',
    `beforeSend: (payload) => { ${action}; return payload }`,
  ]),
  ['logs later in maskUrl', '', "maskUrl: (url) => { setTimeout(() => console.debug('masks')); return url }"],
])(
  'makes no loop on an idle page that %s, and tells all of it',
  async ([, before, settings], { expect, site, ownWindow }) => {
    const at = await site({ '/': html(before, settings) })
    const visitor = await ownWindow(at.url('/'))
    await at.until((beacons) => beacons.length > 0)
    await silence(at)
    const quiet = at.beacons.length
    // what the page does itself is heard as before, with all that has waited
    const events = () =>
      at.beacons
        .slice(quiet)
        .flatMap(({ payload: { view } }) => (view.events ?? []).map(({ own }) => own).filter(Boolean))
    for (const own of [1, 2]) {
      await untilHeard(
        () => visitor.run((own) => CRUM.addEvent('own', own), own),
        () => events().at(-1) === own,
      )
    }
    expect(new Set(events())).toEqual(new Set([1, 2]))
  },
)

const inBeforeSend = (action: string) => `beforeSend: (payload) => { ${action}; return payload }`
const atEachStep = (type: string, action: string) =>
  `onReady: (CRUM) => { CRUM.debug$.subscribe((step) => { if (step.type === '${type}') ${action} }) }`

/** Each says another thing of the view, as often as it is called. */
test.concurrent.for<[what: string, settings: string, before?: string]>([
  ['names the view in beforeSend', inBeforeSend("CRUM.setViewId('v' + count++)")],
  ['names the view in maskUrl', "maskUrl: (url) => { CRUM.setViewId('v' + count++); return url }"],
  ['goes to another path at each beacon sent', atEachStep('sent', "history.pushState(null, '', '/p' + count++)")],
  ['adds labels in beforeSend', inBeforeSend("CRUM.addToLabels('l=' + count++)")],
  ['names the view after beforeSend', inBeforeSend("setTimeout(() => CRUM.setViewId('v' + count++))")],
  ['pushes a query at each answer', '', wrapped("history.pushState(null, '', '?' + count++)")],
])(
  'makes no loop on an idle page that %s, and tells where it is',
  async ([, settings, before = ''], { expect, site, ownWindow }) => {
    const at = await site({ '/': html(`let count = 0; ${before}`, settings, 1000) })
    const visitor = await ownWindow(at.url('/'))
    await at.until((beacons) => beacons.length > 0)
    await silence(at)
    const quiet = at.beacons.length
    // where it is at that moment: on a busy machine the last answer may move it after the silence
    const told = () =>
      at.beacons
        .slice(quiet)
        .map(({ payload: { view } }) => [view.href, view.events?.find(({ own }) => own)?.own])
        .find(([, own]) => own)
    await untilHeard(
      () => visitor.run(() => CRUM.addEvent('own', location.href)),
      () => told() !== undefined,
    )
    const [href, own] = told() ?? []
    expect(href).toBe(own)
  },
)

test.concurrent('leaves nothing out that may have been an echo', async ({ expect, site, ownWindow }) => {
  const at = await site({ '/': html(wrapped("CRUM.addEvent('answered', (window.count = (window.count ?? 0) + 1))")) })
  const visitor = await ownWindow(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await silence(at)
  const count = await visitor.run(() => (window as unknown as { count: number }).count)
  await visitor.leave()
  const answered = () =>
    unique(at.beacons)
      .flatMap(({ payload: { view } }) => (view.events ?? []).map((event) => event.answered))
      .filter(Boolean)
  await expect.poll(() => answered().length, patiently).toBeGreaterThanOrEqual(count)
  expect(answered().slice(0, count)).toEqual(Array.from({ length: count }, (_, at) => at + 1))
})
