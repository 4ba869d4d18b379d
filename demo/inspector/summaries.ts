/** The measures that are judged: the vitals, and what led to them. */
export const measures = ['lcp', 'inp', 'cls', 'fcp', 'ttfb', 'fid'] as const

export type Measure = (typeof measures)[number]

/** One session, as the list shows it. `n` counts the sessions in the order of their first beacons, and never changes. */
export interface SessionSummary {
  n: number
  id: string
  /** Epoch ms, by the visitor's clock. */
  startTime: number
  /** When its last beacon came, epoch ms. */
  lastAt: number
  views: number
  beacons: number
  bytes: number
  /** Numbers that are missing among its beacons. */
  lost: number
  errors: number
  browser: string
  device: string
}

/** One view, as the list shows it. `n` counts the views in the order of their first beacons, and never changes. */
export interface ViewSummary {
  n: number
  /** The part of its beacons' ids that they share. */
  key: string
  session: number
  /** Which view of its session it is, from 0. */
  position: number
  /** The name under which it is filed. */
  page: string
  /** Epoch ms, by the visitor's clock. */
  startTime: number
  /** When its last beacon came, epoch ms. */
  lastAt: number
  beacons: number
  bytes: number
  lost: number
  errors: number
  measured: Partial<Record<Measure, number>>
}

/** All that is stored, in a few numbers. */
export interface Totals {
  /** The number of the first session that is still stored, and of the newest view; -1 where there is none. */
  firstSession: number
  newestView: number
  sessions: number
  views: number
  beacons: number
  bytes: number
  lost: number
  /** Beacons that came again, and were dropped. */
  duplicates: number
}

/** How one measure is spread over the views of a page. */
export interface Spread {
  count: number
  p75: number
  good: number
  fair: number
  poor: number
  /** Views in equal steps from 0 to `top`; what lies beyond is in the last one. */
  bars: number[]
  top: number
}

/** One page, as `view.id` names it, over all views stored. */
export interface PageSummary {
  page: string
  views: number
  measured: Partial<Record<Measure, Spread>>
}

/** What the stream tells: `hello` when it opens, then a `change` whenever something came, and a `beat` in between. */
export interface Hello {
  totals: Totals
  /** Tells one store from another: numbers are of one store. */
  run: string
}

export interface Change {
  totals: Totals
  sessions: SessionSummary[]
  views: ViewSummary[]
  /** The view that the last beacon was for. */
  latest: number
  /** More has changed than is told here: what is shown is to be asked for anew. */
  isPartial: boolean
}
