/**
 * The content of one beacon. Times are in milliseconds. In lists, `startTime` and `timeStamp` count from the navigation
 * start (`performance.timeOrigin`), to 0.1 ms. Those of `session`, and `view.startTime`, are epoch milliseconds. If a
 * browser does not support an API, the fields of that API are empty.
 *
 * Every payload has `session`, the identity of `view` (its id and URL), `attributes` and `beacon`, so you can query each
 * one alone. A payload has a list or a metric only if it is new. A list never repeats an item.
 */
export interface Payload {
  /** The session that the page view belongs to. */
  session: Session
  /** The page view, and what was new on it. */
  view: View
  /** Browser, device, connection, labels. */
  attributes: Attributes
  /** Findings about the page, once. */
  audits?: Audits
  /** How the page loaded and responded: only new values. */
  metrics?: Metrics
  /** Id, number and reason of this beacon. */
  beacon: Beacon
}

/** One visit, over pages and tabs: in `localStorage`, or in memory if the browser blocks storage. */
export interface Session {
  /** UUID of the session. */
  id: string
  /** When the session began, epoch ms. */
  startTime: number
  /** The last sampling loop of a visible page, or when it was hidden, epoch ms; a hidden page does not move it. */
  lastLoop: number
  /** Whole minutes between `startTime` and `lastLoop`. */
  duration: number
}

/** The identity of a page view, in every payload. */
export interface ViewIdentity {
  /** The `viewId` setting or `setViewId()` at this path, else `location.pathname`; 2,000 characters at most, 8,000 of a path. */
  id: string
  /** When the view began, epoch ms: the navigation start, or the moment at which the page came back. */
  startTime: number
  /** Start of the times in lists, epoch ms; only in a view that began later than its page. */
  timeOrigin?: number
  /** The whole URL. */
  href: string
  /** `https:`, with the colon. */
  protocol: string
  /** Host name and port. */
  host: string
  /** Host name without port. */
  hostname: string
  /** Empty for the default port. */
  port: string
  /** The path, from its first `/`. */
  pathname: string
  /** The query, with its `?`, or empty. */
  search: string
  /** The fragment, with its `#`, or empty. */
  hash: string
  /** Protocol and host. */
  origin: string
  /** `document.referrer`. */
  referer: string
  /** The last known visibility. */
  visibility: DocumentVisibilityState
}

/** One page view: its identity, and what was new on it. */
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
  /**
   * Frames per second, measured while something moves: over one window of 200 ms a second while the rate is smooth, over
   * window after window after a drop. The client does not repeat a rate within 1 fps of the last one.
   */
  fps?: FrameRate[]
  /** Frames of 50 ms or more, and the scripts that made them long. */
  longAnimationFrames?: LongAnimationFrame[]
  /** Calls of `console.error`, `console.warn` and `console.debug`. */
  console?: ConsoleCall[]
  /** What went wrong: exceptions, rejections, failed resources, refusals by a Content Security Policy. */
  errors?: PageError[]
  /** Clicks of a person on, or inside, an element with `crum-action`; a label's click on its field is the same click. */
  actions?: Action[]
  /** Memory that the page uses, bytes. */
  usedMemory?: number
}

/** A task of 50 ms or more, by the Long Tasks API. */
export interface LongTask {
  /** Where it ran: `self`, `same-origin-ancestor`, `unknown` … */
  name: string
  /** When it began. */
  startTime: number
  /** Milliseconds. */
  duration: number
}

/** A count for each kind of resource that the view has loaded. */
export interface ResourceTypes {
  /** Style sheets, and what else a `link` asks for. */
  css?: ResourceCount
  /** Scripts, modules included. */
  javascript?: ResourceCount
  /** Images, and what else a style sheet asks for. */
  image?: ResourceCount
  /** `fetch()` and XMLHttpRequest. */
  fetch?: ResourceCount
  /** Fonts, recognised by their extension. */
  font?: ResourceCount
  /** All others. */
  other?: ResourceCount
}

/** The kinds of resource. */
export type ResourceType = keyof ResourceTypes

/** How many resources of a kind there were. */
export interface ResourceCount {
  /** On this view so far. */
  count: number
}

/** A `PerformanceResourceTiming` as plain data. A time of 0 means that the browser does not report it, or hides it from other origins. */
export interface Resource {
  /** Its URL. */
  name: string
  /** `resource`. */
  entryType: string
  /** When the page asked for it. */
  startTime: number
  /** From `startTime` to `responseEnd`. */
  duration: number
  /** What asked for it: `script`, `link`, `img`, `css`, `fetch`, `xmlhttprequest` … */
  initiatorType: string
  /** `http/1.1`, `h2`, `h3`. */
  nextHopProtocol?: string
  /** `blocking` or `non-blocking`; Chromium. */
  renderBlockingStatus?: string
  /** When the browser started a service worker for it, or asked a running one. */
  workerStart?: number
  /** Before the first redirect. */
  redirectStart: number
  /** After the last redirect. */
  redirectEnd: number
  /** When the browser began to fetch it. */
  fetchStart: number
  /** DNS. */
  domainLookupStart: number
  /** DNS. */
  domainLookupEnd: number
  /** The connection. */
  connectStart: number
  /** TLS, within the connection. */
  secureConnectionStart: number
  /** The connection. */
  connectEnd: number
  /** When the browser sent the request. */
  requestStart: number
  /** First byte. */
  responseStart: number
  /** Last byte. */
  responseEnd: number
  /** Bytes over the network, headers included. */
  transferSize?: number
  /** Bytes of the body as sent. */
  encodedBodySize?: number
  /** Bytes of the body as read. */
  decodedBodySize?: number
  /** The HTTP status, 0 if the browser does not report it. */
  responseStatus?: number
  /** The response's `Server-Timing`. */
  serverTiming: ServerTiming[]
  /** `cache`, `navigational-prefetch` or empty; absent if the browser does not report it. */
  deliveryType?: string
  /** `br`, `gzip` …; absent if the browser does not report it. */
  contentEncoding?: string
  /** When an interim response (early hints) came; absent if the browser does not report it. */
  firstInterimResponseStart?: number
  /** When the final response's headers came; absent if the browser does not report it. */
  finalResponseHeadersStart?: number
}

/** One entry of a `Server-Timing` header. */
export interface ServerTiming {
  /** The name of the measure. */
  name: string
  /** Milliseconds, by convention. */
  duration: number
  /** Free text. */
  description: string
}

/** How many frames a second the page showed, over a window of 200 ms that ended at `timeStamp`. */
export interface FrameRate {
  /** End of the window. */
  timeStamp: number
  /** Whole frames per second. */
  fps: number
}

/** A frame of 50 ms or more, by the Long Animation Frames API. */
export interface LongAnimationFrame {
  /** When it began. */
  startTime: number
  /** Milliseconds. */
  duration: number
  /** How long it kept input waiting. */
  blockingDuration: number
  /** When rendering began: animation callbacks come first. */
  renderStart: number
  /** When the browser computed styles and layout. */
  styleAndLayoutStart: number
  /** The scripts that ran for 5 ms or more, in their order. */
  scripts: FrameScript[]
}

/** A script that ran for 5 ms or more in a long frame. */
export interface FrameScript {
  /** What called it: `BUTTON#buy.onclick`, `TimerHandler:setTimeout`, or the URL of the script. */
  invoker: string
  /** `event-listener`, `user-callback`, `classic-script` … */
  invokerType: string
  /** The script, empty for one of another origin. */
  sourceURL: string
  /** The name of the function, or empty. */
  sourceFunctionName: string
  /** Milliseconds. */
  duration: number
}

/** One call of the page's console. */
export interface ConsoleCall {
  /** The console's function. */
  type: 'error' | 'warn' | 'debug'
  /** When it happened. */
  timeStamp: number
  /** The arguments by their index, as bounded JSON. Errors have `name`, `message`, `stack`, and `causes` as in `errors[]`. */
  value: { [index: string]: Json }
}

/** Something that went wrong in the page. Positions are 0 and texts empty if the browser does not report them. */
export interface PageError {
  /** The kind: an exception, a rejected promise, a resource that failed, a refusal by a Content Security Policy. */
  type: 'error' | 'unhandledrejection' | 'resource' | 'csp'
  /**
   * The message, with the name of the error where no stack tells it; for a thrown value that is no error, its content as JSON;
   * for a resource the element, for a refusal the directive.
   */
  message: string
  /** The stack, as the browser writes it; for a refusal where in the page it was caused, `https://shop.example/app.js:5:1`. */
  stack: string
  /** The URL of the script, or of the resource that failed; what was refused. */
  source: string
  /** Line in `source`; for a refusal in the script that `stack` names. */
  line: number
  /** Column in `source`. */
  column: number
  /** When the client heard of it. */
  timeStamp: number
  /** The errors that led to it: its `cause`, its inner `errors`, and theirs, nearest first, three levels deep; absent if there are none. */
  causes?: Cause[]
  /** `true` if the page has caught it, and has passed it to `CRUM.addError(error, context?)`; else absent. */
  isHandled?: boolean
  /** The context that the page passed with it, or absent. */
  context?: Json
}

/** An error, or another thrown value, that led to an error. */
export interface Cause {
  /** The name of the error, `TypeError`; for a value that is no error, its kind, `Object`. */
  type: string
  /** The message; for a value that is no error, its content as JSON. */
  message: string
  /** The stack, as the browser writes it. */
  stack: string
}

/** One click on a marked element. */
export interface Action {
  /** `mouse`, `touch`, `pen`; empty for a keyboard, and if the browser does not report it. */
  pointerType: string
  /** `click`. */
  type: string
  /** The name of the element under the pointer. */
  target: string
  /** When it happened. */
  timeStamp: number
  /** The value of `crum-action`. */
  name: string
}

/** A `performance.mark`: when a marked piece of the page was there. */
export interface Mark {
  /** Its name, from `HE-` on. */
  name: string
  /** The mark's `detail`, or `null`. */
  detail: Json
  /** When the page set it. */
  startTime: number
}

/** `{[name]: context, timeStamp}`; the context is `{}` if the page gave none. */
export interface PageEvent {
  /** When the page recorded it. */
  timeStamp: number
  [name: string]: Json
}

/** Browser, device, connection, and the owner's labels. */
export interface Attributes {
  /** `name=value` pairs, from the `labels` setting and `CRUM.addToLabels()`. */
  labels: string[]
  /** The vendor's name of the browser, `''` unknown. */
  browser: string
  /** Major version. */
  browserVersion: string
  /** Which of the browser's two sources is in `ua`. */
  uaParser: 'userAgentData' | 'userAgent'
  /** The text behind `browser` and `browserVersion`. */
  ua: string
  /** The Network Information API's estimate, or `null`. */
  connection: Connection | null
  /** The visitor's device. */
  device: Device
}

/** The browser's estimate of the connection. */
export interface Connection {
  /** `slow-2g`, `2g`, `3g` or `4g`. */
  effectiveType: string
  /** Milliseconds. */
  rtt: number
  /** Megabits a second. */
  downlink: number
  /** Whether the visitor asked to save data. */
  saveData: boolean
}

/** What the browser reports about the device. */
export interface Device {
  /** Phones and tablets are `mobile`, an iPad too. */
  type: 'mobile' | 'desktop'
  /** The vendor: `Apple`, `Microsoft`, `Google`, `Samsung` …, `''` unknown. */
  platform: string
  /** GiB, `null` if the browser does not report it. */
  memory: number | null
  /** Logical processors, `null` if the browser does not report them. */
  cpu: number | null
  /** Whether it charges; `false` if unknown. */
  charging: boolean
}

/** Yes-or-no findings about the page. */
export interface Audits {
  /** Whether the page is cross-origin isolated. */
  crossOriginIsolated?: boolean
}

/** How the page loaded and responded, in milliseconds except `cls`. A later value replaces an earlier one. */
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
  /** When the parser ended, and the `DOMContentLoaded` listeners began. */
  domContentLoadedEventStart?: number
  /** When these listeners ended. */
  domContentLoadedEventEnd?: number
  /** How long these listeners took. */
  domContentLoadedDuration?: number
  /** From `domContentLoadedEventStart` to `loadEventEnd`. */
  renderDuration?: number
  /** When the document and everything that it asked for had loaded. */
  domComplete?: number
  /** The whole navigation, up to `loadEventEnd`. */
  duration?: number
  /** How the visitor reached the page: `navigate`, `reload`, `back-forward`, `back-forward-cache`, `prerender`, `restore`. */
  navigationType?: string
  /** The causes behind each vital. */
  attribution?: Attributions
  /** The vitals of each soft navigation of a single-page app, by the browser's id of it, under its own URL. */
  softNavigations?: Record<string, SoftNavigation>
  /** The `Server-Timing` of the document. */
  serverTiming?: ServerTiming[]
  /** Why the page could not return from the back/forward cache, as the browser reports it. */
  notRestoredReasons?: Json
}

/** A route change that the browser itself counts as a navigation, and its vitals. */
export interface SoftNavigation {
  /** The URL it led to. */
  url: string
  /** When the click happened that led there. */
  startTime: number
  /** First contentful paint, from `startTime`. */
  fcp?: number
  /** Largest contentful paint, from `startTime`. */
  lcp?: number
  /** Cumulative layout shift on this route. */
  cls?: number
  /** Interaction to next paint on this route. */
  inp?: number
  /** Always 0: there is no request. */
  ttfb?: number
}

/** The causes behind each vital. A later value replaces an earlier one. */
export interface Attributions {
  /** Its `timeToFirstByte` and `firstByteToFCP`. */
  fcp?: Attribution
  /** Its `target`, `url`, `timeToFirstByte`, `resourceLoadDelay`, `resourceLoadDuration`, `elementRenderDelay`. */
  lcp?: Attribution
  /** Its `target`, `largestShiftTime`, `largestShiftValue`; empty if nothing has shifted. */
  cls?: Attribution
  /** Its `target`, `time`, `inputDelay`, `processingDuration`, `presentationDelay`, `longestScript`. */
  inp?: Attribution
  /** Its `waitingDuration`, `cacheDuration`, `dnsDuration`, `connectionDuration`, `requestDuration`. */
  ttfb?: Attribution
}

/**
 * The causes behind a vital. Each vital has those of these fields that `Attributions` names. The durations of one vital
 * follow each other in this order, and add up to the vital, in ms. A part that did not take place is 0.
 */
export interface Attribution {
  /** Selector of the element that the browser painted, that shifted, or that the visitor used; empty if there is none. */
  target?: string
  /** The image or other resource behind an LCP, empty for a text. */
  url?: string
  /** FCP, LCP: up to the first byte of the document. */
  timeToFirstByte?: number
  /** FCP: from the first byte to the paint. */
  firstByteToFCP?: number
  /** LCP: from the first byte to the request for the resource. */
  resourceLoadDelay?: number
  /** LCP: from there to the end of loading. */
  resourceLoadDuration?: number
  /** LCP: from there to the paint. */
  elementRenderDelay?: number
  /** CLS: when the largest shift took place, ms from the navigation start. */
  largestShiftTime?: number
  /** CLS: its score, to 4 decimals. */
  largestShiftValue?: number
  /** INP: when the interaction began, ms from the navigation start. */
  time?: number
  /** INP: from the input until its first listener ran. */
  inputDelay?: number
  /** INP: from there until the last listener had ended. */
  processingDuration?: number
  /** INP: from there until the next paint. */
  presentationDelay?: number
  /**
   * INP: the script that ran longest in the frames of the interaction; absent if there was none, or if the browser
   * does not report it.
   */
  longestScript?: FrameScript
  /** TTFB: redirects, and waiting for a service worker or the fetch to begin. */
  waitingDuration?: number
  /** TTFB: looking into the HTTP cache, or a service worker's start. */
  cacheDuration?: number
  /** TTFB: up to the begin of the connection: name resolution. */
  dnsDuration?: number
  /** TTFB: connecting, TLS included. */
  connectionDuration?: number
  /** TTFB: from there to the first byte. */
  requestDuration?: number
  [part: string]: number | string | FrameScript | undefined
}

/** Identity of the beacon. A receiver drops a repeated `id`, and counts a gap in `seq` as a lost beacon. */
export interface Beacon {
  /** Unique for each beacon; a resend keeps it. */
  id: string
  /** Counts up from 0 in a view. */
  seq: number
  /** Why the client sent it at that moment. */
  reason: Reason
  /** The client's version. */
  version: string
  /** What the client has dropped since the last beacon: counts by cause. The cause is the field of a full list, or the cause of a step `drop`. */
  dropped?: Record<string, number> | undefined
}

/** Why the client sends a beacon: its sample ended, or an event ended it early; `recovered` if its page never closed it. */
export type Reason = 'sample' | 'entries' | 'action' | 'route' | 'hidden' | 'stop' | 'recovered'

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
