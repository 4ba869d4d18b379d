/**
 * The wire contract: what one beacon says. Times are milliseconds; `startTime` and `timeStamp` inside lists count from
 * the navigation start (`performance.timeOrigin`), to 0.1 ms; those of `session`, and `view.startTime`, are epoch
 * milliseconds. What a browser does not offer is empty, never an error.
 *
 * `session`, the identity part of `view`, `attributes` and `beacon` are in every payload, so that each can be stored and
 * sliced alone. A list or a metric is in a payload only when it has something new, and a list never repeats an item.
 */
export interface Payload {
  session: Session
  view: View
  attributes: Attributes
  audits?: Audits
  metrics?: Metrics
  beacon: Beacon
}

/** One visitor's stay, over pages and tabs; kept in `localStorage`, in memory where storage is blocked. */
export interface Session {
  /** UUID of the session. */
  id: string
  /** When the session began, epoch ms. */
  startTime: number
  /** The last sampling loop of a visible page, epoch ms; a hidden page does not move it. */
  lastLoop: number
  /** Whole minutes between `startTime` and `lastLoop`. */
  duration: number
}

/** What this page view is: in every payload. */
export interface ViewIdentity {
  /** The `viewId` setting or `setViewId()`, else `location.pathname`. */
  id: string
  /** When the view began, epoch ms: the navigation start, or the moment the page came back. */
  startTime: number
  href: string
  protocol: string
  host: string
  hostname: string
  port: string
  pathname: string
  search: string
  hash: string
  origin: string
  /** `document.referrer`. */
  referer: string
  /** The last known visibility. */
  visibility: DocumentVisibilityState
}

/** One page view: who it is, and what was new on it. */
export interface View extends ViewIdentity {
  /** Tasks that kept the main thread busy for 50 ms or more. */
  longTasks?: LongTask[]
  /** How many resources of each kind the view has loaded so far; present when it changed. */
  resourceTypes?: ResourceTypes
  /** Resource timing entries; they travel in beacons of their own, `reason: 'entries'`. */
  resources?: Resource[]
  /** Marks of `performance.mark` whose names start with `HE-`. */
  marks?: Mark[]
  /** What the page recorded with `CRUM.addEvent(name, context?)`. */
  events?: PageEvent[]
}

/** A task of 50 ms or more, by the Long Tasks API. */
export interface LongTask {
  /** Where it ran: `self`, `same-origin-ancestor`, `unknown` … */
  name: string
  startTime: number
  /** Milliseconds. */
  duration: number
}

/** A count for each kind of resource. */
export type ResourceTypes = Partial<Record<ResourceType, { count: number }>>

/** The kinds of resource. A font is told by its extension, an XHR counts as `fetch`. */
export type ResourceType = 'css' | 'javascript' | 'image' | 'fetch' | 'font' | 'other'

/** A `PerformanceResourceTiming` as plain data. A time of 0 means: not offered, or hidden from other origins. */
export interface Resource {
  name: string
  entryType: string
  startTime: number
  duration: number
  initiatorType: string
  nextHopProtocol: string
  renderBlockingStatus: string
  workerStart: number
  redirectStart: number
  redirectEnd: number
  fetchStart: number
  domainLookupStart: number
  domainLookupEnd: number
  connectStart: number
  secureConnectionStart: number
  connectEnd: number
  requestStart: number
  responseStart: number
  responseEnd: number
  /** Bytes over the network, headers included. */
  transferSize: number
  encodedBodySize: number
  decodedBodySize: number
  /** The HTTP status, 0 where the browser does not tell. */
  responseStatus: number
  serverTiming: ServerTiming[]
}

/** One entry of a `Server-Timing` header. */
export interface ServerTiming {
  name: string
  duration: number
  description: string
}

/** A `performance.mark`: when a marked piece of the page was there. */
export interface Mark {
  name: string
  /** Whatever the page gave as `detail`, `null` where it gave none. */
  detail: Json
  startTime: number
}

/** `{[name]: context, timeStamp}`; the context is `{}` where the page gave none. */
export interface PageEvent {
  timeStamp: number
  [name: string]: Json
}

/** Who reads the page: browser, device, connection, and the owner's labels. */
export interface Attributes {
  /** `name=value` pairs, from the `labels` setting and `CRUM.addToLabels()`. */
  labels: string[]
}

/** Yes-or-no findings about the page. */
export interface Audits {
  /** Whether the page is cross-origin isolated. */
  crossOriginIsolated?: boolean
}

/** How the page loaded and responded, in milliseconds but for `cls`; a later value replaces an earlier one. */
export interface Metrics {
  /** First paint. */
  fp?: number
  /** First contentful paint. */
  fcp?: number
  /** Largest contentful paint. */
  lcp?: number
  /** Cumulative layout shift, a score to 4 decimals. */
  cls?: number
  /** Interaction to next paint. */
  inp?: number
  /** First input delay. */
  fid?: number
  /** Time to first byte. */
  ttfb?: number
  /** From the first to the last byte of the document's response. */
  responseTime?: number
  domContentLoadedEventStart?: number
  domContentLoadedEventEnd?: number
  domContentLoadedDuration?: number
  /** From `domContentLoadedEventStart` to `loadEventEnd`. */
  renderDuration?: number
  domComplete?: number
  /** The whole navigation, up to `loadEventEnd`. */
  duration?: number
}

/** What a receiver needs to file a beacon: drop a repeated `id`, see a gap in `seq` as a loss. */
export interface Beacon {
  /** Unique for each beacon; a resend keeps it. */
  id: string
  /** Counts up from 0 in a view. */
  seq: number
  /** Why it was sent now. */
  reason: Reason
  /** The client's version. */
  version: string
  /** What a full queue made us drop since the last beacon, counted by cause. */
  dropped?: Record<string, number>
}

/** Why a beacon is sent: its sample ended, or was cut short, and by what. */
export type Reason = 'sample' | 'entries' | 'action' | 'route' | 'hidden' | 'stop' | 'recovered'

/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
