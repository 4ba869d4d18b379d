import type { Page } from 'playwright'
import type { Route } from '../harness/routes.ts'
import type { Site } from '../harness/site.ts'
import { loader } from '../harness/snippet.ts'
import type { Told } from './told.ts'

/** One reading of the wire contract: where it is provoked, how, and what must arrive. */
export interface Row {
  /** The field of the payload. */
  field: string
  /** What is done, or what is special. */
  when: string
  /** HTML before the client's script. */
  head?: string
  /** HTML after it. */
  body?: string
  /** The client's settings, beside the short rates that all rows have. */
  settings?: Record<string, unknown>
  /** What else the site serves. */
  routes?: Record<string, Route>
  /** Status of the page, 200 if not told. */
  status?: number
  /** Its headers. */
  headers?: Record<string, string>
  /** Path, query and hash of the page. */
  path?: string
  /** Done after it has loaded. */
  act?(visitor: Page, shop: Site): Promise<unknown>
  /** Asked in the page, after the act: what is true. */
  truth?(): unknown
  /** Throws until all has arrived. */
  // biome-ignore lint/suspicious/noExplicitAny: each row's own truth, as JSON
  check(told: Told, truth: any): void
}

/** A page that keeps every performance entry in `seen`, and runs the client. */
export const page = ({ head = '', body = '', settings = {} }: Partial<Row> = {}): string =>
  `<!doctype html><html lang="en"><head><title>shop</title><link rel="icon" href="data:,"><script>${witness}</script>${head}
  ${loader('/rum', { samplingRate: 200, entriesRate: 100, ...settings })}</head><body><h1>shop</h1>${body}</body></html>`

const witness = `
  var seen = []
  for (const type of PerformanceObserver.supportedEntryTypes) {
    new PerformanceObserver((list) => seen.push(...list.getEntries())).observe({ type, buffered: true, durationThreshold: 16 })
  }
  function busy(ms) { for (const end = performance.now() + ms; performance.now() < end;); }
`
/** To 0.1 ms, which is the wire's own rounding. */
export const tenths = (time: number): number => Math.round(time * 10) / 10

/** An image with enough bytes for its size to count as a largest paint: 0.05 bits a pixel. */
export const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><!--${'-'.repeat(2000).replaceAll('--', '- ')}--><rect width="300" height="200" fill="teal"/></svg>`
