import type { Page } from 'playwright'
import { expect } from 'vitest'
import type { Settings } from '../../../src/index.ts'
import type { Arrival } from '../harness/inbox.ts'
import type { Route } from '../harness/routes.ts'
import type { Site } from '../harness/site.ts'
import { type Told, untilTold } from '../readings/told.ts'

/** A page of somebody else, whose scripts all come from its own origin. */
export interface GuestPage {
  /** Scripts (source text) before the client. */
  before?: string | undefined
  /** Scripts between the client and the page's own work. */
  after?: string | undefined
  settings?: Partial<Record<keyof Settings, unknown>>
  /** Attributes of the client's script element. */
  attributes?: string
  /** More of the body. */
  body?: string
  headers?: Record<string, string>
}

/**
 * The page and its scripts: what stands before the client, what comes after it, and some work of its own, done when it
 * has loaded, that the client is to tell of.
 */
export const guestPage = ({ before = '', after = '', ...page }: GuestPage = {}): Record<string, Route> => ({
  '/': { body: guestHtml(page), headers: { 'content-type': 'text/html;charset=utf-8', ...page.headers } },
  '/before.js': before,
  '/settings.js': settingsScript(page.settings),
  '/after.js': after,
  '/work.js': work,
  '/done': { status: 204 },
})

export const guestHtml = ({ attributes = '', body = '' }: GuestPage = {}): string =>
  `<!DOCTYPE html><html lang="en"><head><title>shop</title><script src="/before.js"></script><script src="/settings.js"></script>
  <script id="CRUM" src="/rum" ${attributes}></script><script src="/after.js"></script></head>
  <body><h1>shop</h1>${body}<script src="/work.js"></script></body></html>`

/** Entries wait for the farewell, so that this is seen to work as well. */
export const settingsScript = (settings: GuestPage['settings'] = {}): string =>
  `CRUM = ${JSON.stringify({ samplingRate: 200, entriesRate: 60_000, labels: 'a=1, b=2', ...settings })}`

/** Its last request tells that none of its calls has failed. */
export const work = `var from = document.currentScript.src
addEventListener('load', function () {
  CRUM.addEvent('alive', { list: [1, 'two'], at: {} })
  console.error('heard', { deep: [1] })
  performance.mark('HE-done')
  var done = new XMLHttpRequest()
  done.open('GET', from.replace('work.js', 'done'))
  done.send()
})`

/** What the page's own scripts are heard to fail with, and what the browser complains about. */
export function complaints(visitor: Page): string[] {
  const heard: string[] = []
  visitor.on('pageerror', (error) => heard.push(`uncaught ${error.stack || error.message}`))
  visitor.on('console', (line) => {
    if (/error|warn/.test(line.type()) && !/^heard/.test(line.text())) heard.push(line.text())
  })
  return heard
}

/** As a receiver sees it, which drops what comes a second time. */
export const received = (at: Site): Site => ({
  ...at,
  get beacons() {
    return once(at.beacons)
  },
  until: async (predicate, patience) => once(await at.until((beacons) => predicate(once(beacons)), patience)),
})

const once = (beacons: Arrival[]) =>
  beacons.filter(
    ({ payload }, index) => beacons.findIndex((other) => other.payload?.beacon?.id === payload?.beacon?.id) === index,
  )

/**
 * Of each section and list something has arrived, each item whole; then the page is left, and the rest arrives. `lists`
 * are those of which a page leaves less possible.
 */
export async function expectHealthy(
  visitor: Pick<Page, 'close'>,
  at: Site,
  more: (told: Told) => void = () => {},
  lists: Partial<typeof whole> = {},
): Promise<Told> {
  await untilTold(received(at), (told) => {
    expectSample(told, lists)
    more(told)
  })
  await visitor.close()
  return untilTold(received(at), ({ view, payloads }) => {
    expect(view.resources.map(({ name }) => name)).toContain(at.url('/work.js'))
    expect(payloads.map(({ beacon }) => beacon.seq)).toEqual(payloads.map((_, index) => index))
  })
}

/** What the page does itself, as it is told. */
const whole = {
  events: [{ alive: { list: [1, 'two'], at: {} } }],
  console: [{ type: 'error', value: { 0: 'heard', 1: { deep: [1] } } }],
  marks: [{ name: 'HE-done', detail: null }],
}

export function expectSample({ session, view, attributes, metrics }: Told, lists: Partial<typeof whole> = {}): void {
  expect(view).toMatchObject({ ...whole, ...lists })
  expect(view.events.map(Object.keys)).toEqual([['alive', 'timeStamp']])
  expect(session.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
  expect(attributes.labels).toEqual(['a=1', 'b=2'])
  expect(attributes.browser).toMatch(/^\w+/)
  expect(metrics.domContentLoadedEventStart).toBeGreaterThan(0)
}
