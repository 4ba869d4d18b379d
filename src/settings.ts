import { identity } from 'rxjs'
import type { Payload } from './payload/payload.ts'
import { stringify } from './payload/stringify.ts'
import { toJson } from './payload/toJson.ts'

/** How a collector works. Each has a default; what is not usable is named in one console error and defaulted. */
export interface Settings {
  /**
   * Length of a sample, ms. The first one begins when the page has loaded, and holds everything since the navigation
   * start. Shorter: readings arrive sooner, in more requests. What waits is kept in any case.
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
   * Resource entries in one beacon.
   * @default 50
   * @example 20
   */
  maxEntries: number
  /**
   * Resources whose URL contains this text, or one of these, are left out, of the list and of the counts; `no`, and an empty
   * list, keep all. The client's own requests are never collected.
   * @default '/rum'
   * @example ['/rum', '/analytics']
   */
  ignoreResources: string | string[]
  /**
   * Send no payload that says nothing new. A clock that moves, and a connection of which only the estimates move, are no
   * news.
   * @default true
   * @example false
   */
  savingMode: boolean
  /**
   * A session that was silent for longer than this is over, seconds: no page of it was visible and collected meanwhile.
   * @default 300
   * @example 1800
   */
  newSessionAfter: number
  /**
   * A page that is hidden for longer than this is collected no more, seconds. Seen again, it begins a new view and a new
   * session, unless another tab has kept the session alive.
   * @default 60
   * @example 600
   */
  stopCollectorAfter: number
  /**
   * Name of the view, instead of its path, until a route to another path. `setViewId()` changes it later. 2,000 characters at
   * most.
   * @default `location.pathname`
   * @example 'checkout'
   */
  viewId: string
  /**
   * `name=value` labels of every payload: a list, or a text with commas. `addToLabels()` adds more. 50 at
   * most, of 2,000 characters each and 8,000 in all.
   * @default none
   * @example 'env=production, versionApp=1'
   */
  labels: string | string[]
  /**
   * Collect resource timing and the counts of resources. `false`: it is not observed.
   * @default true
   * @example false
   */
  trackResources: boolean
  /**
   * Collect marks of `performance.mark` whose names start with `HE-`. `false`: they are not observed.
   * @default true
   * @example false
   */
  trackHeroes: boolean
  /**
   * Collect errors, rejections, resources that fail, and what a policy refuses. `false`: nothing listens.
   * @default true
   * @example false
   */
  trackErrors: boolean
  /**
   * Collect `console.error`, `console.warn` and `console.debug`. `false`: the console is not patched.
   * @default true
   * @example false
   */
  trackConsole: boolean
  /**
   * Where beacons are posted, absolute or relative to the page (its `<base>`, if it has one) as it is at the start. The package
   * has no default: without an endpoint, each beacon is a `drop` on `debug$`.
   * @default the URL that the script came from, without query and fragment
   * @example 'https://rum.example/rum'
   */
  endpoint: string
  /**
   * Share of sessions that are collected, 0 to 1, drawn once a session and the same in all its views and tabs. In the
   * others nothing is observed and nothing is sent; the session itself is stored, so that the draw holds.
   * @default 1
   * @example 0.1
   */
  sampleRate: number
  /**
   * The last word on each payload: gets a copy, gives back what is to be sent. `null`, and a throw, drop the payload; a
   * throw is told in the console. It also sees what is stored while a sample is still open (`reason` is `recovered`), so
   * it may see a reading more than once.
   * @default sends it as it is
   * @example (payload) => (payload.view.pathname.startsWith('/admin') ? null : payload)
   */
  beforeSend: (payload: Payload) => Payload | null
  /**
   * Makes of every absolute URL that leaves what may leave of it: location, referrer, resources, stacks, console lines. A
   * throw drops the payload.
   * @default leaves them as they are
   * @example (url) => url.replace(/[?#].*$/, '')
   */
  maskUrl: (url: string) => string
  /**
   * Collect and store nothing where the visitor's browser sends Global Privacy Control.
   * @default false
   * @example true
   */
  respectGpc: boolean
  /**
   * `pending`: collect, but store and send nothing before `consent(true)`; `consent(false)` forgets everything.
   * @default 'granted'
   * @example 'pending'
   */
  consent: 'granted' | 'pending'
  /**
   * Gzip bodies of more than 2,000 bytes. `'auto'`: once the endpoint has answered with `Accept-Encoding: gzip`, which the
   * client remembers for the visitor's next pages. `true`: always. `'no'`: never. A compressed body goes to the endpoint with
   * `encoding=gzip` in its query, so that it needs no CORS preflight.
   * @default 'auto'
   * @example true
   */
  compress: 'auto' | 'no' | true
  /**
   * Called with `CRUM` as soon as its functions work. Set later, `CRUM.onReady = f`, it is called at once. The script's only;
   * the package's `collect()` gives them back.
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
 * that names it, what was given and what is expected; its default holds instead.
 */
export const settings = (given: object, endpoint: string, report: (complaint: string) => void): Settings => {
  const checked: Record<string, unknown> = { ...defaults, endpoint }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    const expected = Object.hasOwn(defaults, name) ? complaint(name, value) : `one of ${Object.keys(defaults)}`
    if (expected) report(`${name} is ${shown(value)}, expected ${expected}`)
    else checked[name] = value
  }
  return checked as unknown as Settings
}

/** What is expected where the value is not that. A timer of more than 31 bits of milliseconds would fire at once. */
const complaint = (name: string, value: unknown) => {
  const type = typeof defaults[name as keyof Settings]
  const words = choices[name]
  const [least, most] = name === 'sampleRate' ? [0, 1] : [1e-3, 2e6]
  if (words) return words.includes(value) ? '' : words.join(' or ')
  if (Array.isArray(value) && /^(labels|ignore)/.test(name))
    return value.every((one) => typeof one === 'string') ? '' : 'texts'
  if (typeof value !== type) return `a ${type}`
  if (name === 'maxEntries' && (value as number) % 1) return 'a whole number'
  return type !== 'number' || ((value as number) >= least && (value as number) <= most) ? '' : `${least} to ${most}`
}

/** Settings that are one of a few words. */
const choices: Record<string, unknown[]> = { consent: ['granted', 'pending'], compress: ['auto', 'no', true] }

const shown = (value: unknown) => stringify(toJson(value)).slice(0, 80)
