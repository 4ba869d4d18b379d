import { identity } from 'rxjs'
import { json } from '../sinks/json.ts'
import type { Payload } from '../sinks/payload.ts'
import { plain } from './plain.ts'

/** How a collector works. Each has a default; what is not usable is named in one console error and defaulted. */
export interface Settings {
  /** Length of a sample, ms. Default 5000. */
  samplingRate: number
  /** Gap between two beacons of resource entries, ms. Default 500. */
  entriesRate: number
  /** Entries in one beacon. Default 50. */
  maxEntries: number
  /** Resources whose URL contains this, or one of these, are left out; `no` keeps all. Default `/rum`. */
  ignoreResources: string | string[]
  /** Send no payload that says nothing new. Default `true`. */
  savingMode: boolean
  /** A session silent for longer than this is over, seconds. Default 300. */
  newSessionAfter: number
  /** A page hidden for longer than this is collected no more until it is seen again, seconds. Default 60. */
  stopCollectorAfter: number
  /** Name of the view. Default: `location.pathname`. */
  viewId: string
  /** `name=value` labels of every payload: a list, or a text with commas. */
  labels: string | string[]
  /** Collect resource timing. Default `true`. */
  trackResources: boolean
  /** Collect `HE-` marks. Default `true`. */
  trackHeroes: boolean
  /** Collect errors. Default `true`. */
  trackErrors: boolean
  /** Collect console messages. Default `true`. */
  trackConsole: boolean
  /** Where beacons go. Default: the URL that the script came from. */
  endpoint: string
  /** Share of sessions that are collected, 0 to 1; drawn once a session. Default 1. */
  sampleRate: number
  /** Sees the last form of each payload, and may change it; `null`, and a throw, drops it. */
  beforeSend: (payload: Payload) => Payload | null
  /** Makes of every URL that leaves what may leave of it. */
  maskUrl: (url: string) => string
  /** Collect nothing where the visitor's browser sends Global Privacy Control. Default `false`. */
  respectGpc: boolean
  /** `pending`: store and send nothing before `consent(true)`. Default `granted`. */
  consent: 'granted' | 'pending'
  /** `auto`: gzip bodies from 2 kB on where the endpoint has answered with `Accept-Encoding: gzip`; `no`: never. */
  compress: 'auto' | 'no'
  /** Called with `CRUM` as soon as its functions work; the script's only. */
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
  if (Array.isArray(value) && /^(labels|ignore)/.test(name)) return value.every(isText) ? '' : 'texts'
  if (typeof value !== type) return `a ${type}`
  if (name === 'maxEntries' && (value as number) % 1) return 'a whole number'
  return type !== 'number' || ((value as number) >= least && (value as number) <= most) ? '' : `${least} to ${most}`
}

/** Settings that are one of a few words. */
const choices: Record<string, unknown[]> = { consent: ['granted', 'pending'], compress: ['auto', 'no'] }

const isText = (value: unknown) => typeof value === 'string'

const shown = (value: unknown) => json(plain(value)).slice(0, 80)
