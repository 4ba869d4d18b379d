import { identity } from 'rxjs'
import type { Payload } from './payload/payload.ts'
import { shown } from './payload/shown.ts'
import { tryOr } from './payload/tryOr.ts'

/** How a collector works. Each setting has a default, which also replaces an unusable value. */
export interface Settings {
  /**
   * Length of a sample, ms. The first sample ends this time after `load`, and has everything since the navigation start. With
   * a shorter sample, readings arrive sooner, in more requests. The client stores open samples in any case.
   * @default 5000
   * @example 3000
   */
  samplingRate: number
  /**
   * Gap between two beacons of resource entries, ms.
   * @default 500
   * @example 1000
   */
  entriesRate: number
  /**
   * Most resource entries in one beacon.
   * @default 50
   * @example 20
   */
  maxEntries: number
  /**
   * Exclude resources whose URL contains this text, or one of these texts. Neither the list nor the counts have them. `'no'`
   * and an empty list exclude nothing. The client never collects its own requests.
   * @default '/rum'
   * @example ['/rum', '/analytics']
   */
  ignoreResources: string | string[]
  /**
   * Send no payload without a new reading. A later time or a new estimate of the connection does not count as new.
   * @default true
   * @example false
   */
  savingMode: boolean
  /**
   * A session ends after this time without a visible page, seconds.
   * @default 300
   * @example 1800
   */
  newSessionAfter: number
  /**
   * The client stops on a page that the visitor hides for longer than this, seconds. When the visitor returns, a new view and a
   * new session begin. If another tab has kept the session alive, only the view is new. If the page itself reports something in
   * between (`addEvent()`, `addError()`), a new view begins at once, in the same session.
   * @default 60
   * @example 600
   */
  stopCollectorAfter: number
  /**
   * Name of the view, instead of its path. A route to another path removes it. `setViewId()` changes it later. At most 2,000
   * characters.
   * @default `location.pathname`
   * @example 'checkout'
   */
  viewId: string
  /**
   * `name=value` labels for every payload: a list, or a text with commas. `addToLabels()` adds more. At most 50 labels, with
   * 2,000 characters each and 8,000 in all.
   * @default none
   * @example 'env=production, versionApp=1'
   */
  labels: string | string[]
  /**
   * Collect resource timing and the counts of resources. `false`: the client does not observe them.
   * @default true
   * @example false
   */
  trackResources: boolean
  /**
   * Collect marks of `performance.mark` whose names start with `HE-`. `false`: the client does not observe them.
   * @default true
   * @example false
   */
  trackHeroes: boolean
  /**
   * Collect uncaught errors, unhandled rejections, failed resources, and violations of a Content Security Policy. `false`: the
   * client does not listen.
   * @default true
   * @example false
   */
  trackErrors: boolean
  /**
   * Collect `console.error`, `console.warn` and `console.debug`. `false`: the client does not patch the console.
   * @default true
   * @example false
   */
  trackConsole: boolean
  /**
   * The URL to which the client posts beacons. The client resolves a relative URL against the page (or its `<base>`), once at
   * the start. The package has no default: without an endpoint, each beacon is a `drop` on `debug$`.
   * @default the URL that the script came from, without query and fragment
   * @example 'https://rum.example/rum'
   */
  endpoint: string
  /**
   * Share of sessions to collect, 0 to 1. The choice is the same in all views and tabs of a session. In the other
   * sessions the client observes nothing and sends nothing. It stores only the session, to remember the choice. A new session
   * is a new choice, also if it begins on a page that stays open.
   * @default 1
   * @example 0.1
   */
  sampleRate: number
  /**
   * Changes or drops payloads: it gets a copy of each payload, and returns the payload to send. `null` and a throw drop the
   * payload. A throw also appears in the console. The client also calls it before it stores an open sample (`reason` is
   * `recovered`). So it may get a reading more than once.
   * @default sends each payload as it is
   * @example (payload) => (payload.view.pathname.startsWith('/admin') ? null : payload)
   */
  beforeSend: (payload: Payload) => Payload | null
  /**
   * Changes URLs: it gets every absolute URL (location, referrer, resources, stacks, console lines), and returns the URL to
   * send. A throw drops the payload.
   * @default sends each URL as it is
   * @example (url) => url.replace(/[?#].*$/, '')
   */
  maskUrl: (url: string) => string
  /**
   * Collect and store nothing if the visitor's browser sends Global Privacy Control.
   * @default false
   * @example true
   */
  respectGpc: boolean
  /**
   * `pending`: collect, but store and send nothing before `consent(true)`. `consent(false)` deletes everything. Until then, a
   * return from the back/forward cache continues the view. Any other value stands for `pending`.
   * @default 'granted'
   * @example 'pending'
   */
  consent: 'granted' | 'pending'
  /**
   * Gzip bodies of more than 2,000 bytes. `true`: from the first beacon on. `'no'` or `false`: never. `'auto'`: once the endpoint has
   * answered with `Accept-Encoding: gzip`, until it answers without. The client remembers this for the visitor's next pages. The URL
   * of a compressed request has `encoding=gzip` in its query. The request needs no CORS preflight.
   * @default 'auto'
   * @example true
   */
  compress: 'auto' | 'no' | boolean
  /**
   * The client calls it with `CRUM` as soon as the functions of `CRUM` work. You can also assign it later, `CRUM.onReady = f`:
   * then the client calls it at once. For the script only: the package's `collect()` returns the functions.
   * @default nothing is called
   * @example (CRUM) => CRUM.addEvent('ready')
   */
  onReady: (crum: unknown) => void
}

const defaults: Settings = {
  samplingRate: 5000,
  entriesRate: 500,
  maxEntries: 50,
  ignoreResources: '/rum',
  savingMode: true,
  newSessionAfter: 300,
  stopCollectorAfter: 60,
  viewId: '',
  labels: '',
  trackResources: true,
  trackHeroes: true,
  trackErrors: true,
  trackConsole: true,
  endpoint: '',
  sampleRate: 1,
  beforeSend: identity,
  maskUrl: identity,
  respectGpc: false,
  consent: 'granted',
  compress: 'auto',
  onReady: identity,
}

/**
 * The settings as given, checked and completed. Every one that is unknown or not usable is reported in one sentence
 * that names it, what was given and what is expected; its default holds instead, or `pending` for `consent`.
 */
export const settings = (given: object, endpoint: string, report: (problem: string) => void): Settings => {
  const checked: Record<string, unknown> = { ...defaults, endpoint }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const expected = Object.hasOwn(defaults, name) ? expectedInstead(name, value) : `one of ${Object.keys(defaults)}`
    if (!expected) checked[name] = value
    else {
      report(`${name} is ${shown(value)}, expected ${expected}`)
      // who says something of consent means that it is not there yet
      if (name === 'consent') checked.consent = 'pending'
    }
  }
  return checked as unknown as Settings
}

/** What is expected where the value is not that; empty where it is. */
const expectedInstead = (name: string, value: unknown): string => {
  const type = typeof defaults[name as keyof Settings]
  const rule = rules[name] ?? (type === 'number' ? between(1e-3, longest) : isA(type))
  return rule(value)
}

/** A timer of more than 31 bits of milliseconds would fire at once. */
const longest = 2e6

/** Says what it expects of a value; nothing if it is that. */
type Rule = (value: unknown) => string

const isA =
  (type: string): Rule =>
  (value) =>
    typeof value === type ? '' : `a ${type}`

const oneOf =
  (...words: unknown[]): Rule =>
  (value) =>
    words.includes(value) ? '' : words.join(' or ')

const between =
  (least: number, most: number): Rule =>
  (value) =>
    isA('number')(value) || (Number(value) >= least && Number(value) <= most ? '' : `${least} to ${most}`)

const wholeFrom =
  (least: number): Rule =>
  (value) =>
    isA('number')(value) || (Number(value) % 1 ? 'a whole number' : between(least, longest)(value))

const texts: Rule = (value) =>
  [value].flat().every((one) => typeof one === 'string') ? '' : 'a text or a list of texts'

const httpUrl: Rule = (value) => isA('string')(value) || (isHttp(value as string) ? '' : 'a URL of http or https')

/** Whether a URL, relative ones as well, may be asked for with a body. */
const isHttp = (url: string) => tryOr(() => /^https?:/.test(new URL(url, 'https://a').protocol), false)

/** Those of settings of which more is expected than the type of their default. */
const rules: Record<string, Rule> = {
  endpoint: httpUrl,
  sampleRate: between(0, 1),
  maxEntries: wholeFrom(1),
  ignoreResources: texts,
  labels: texts,
  consent: oneOf('granted', 'pending'),
  compress: oneOf('auto', 'no', true, false),
}
