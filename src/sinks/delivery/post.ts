import { asyncScheduler, catchError, defer, finalize, map, merge, type Observable, of, take, timer } from 'rxjs'
import type { Page } from '../../page/page.ts'
import { tryOr } from '../../page/tryOr.ts'
import type { Settings } from '../../settings.ts'
import type { Delivery } from '../sink.ts'
import { type Envelope, halves, isStale, report, split } from './envelope.ts'

/** What became of one request. */
export interface Outcome {
  delivery: Delivery
  /** Set if the endpoint answered; where the browser is offline, nobody expects it to. */
  isAnswered?: boolean
  /** Set if it is to be tried again: in so many ms, or, with 0, whenever the caller likes. */
  retryIn?: number | undefined
  /** What is to be sent in its place. */
  instead?: Envelope[]
}

/** Half of the 64 KiB that browsers allow all `keepalive` and `sendBeacon` bodies in flight: the page has its own. */
const keepaliveBudget = 32 * 1024

/** A request without an answer is given up after this, ms. */
const patience = 10_000

/** Bodies from this size on are worth to be compressed, bytes. */
const large = 2000

/**
 * Sends an envelope to its endpoint, once, and tells how that went: by `fetch`, with an answer, or, at `pagehide`, by
 * `sendBeacon`, which has none. Never fails.
 */
export const post = (page: Page, { compress }: Settings): ((envelope: Envelope) => Observable<Outcome>) => {
  // as it is now: what wraps it later is not to see our requests, nor to change them
  const { fetch } = page
  let inFlight = 0
  let takesGzip = false
  let isSilent = false
  return (envelope) => {
    const { body, bytes, endpoint } = envelope
    const told = (type: Delivery['type'], detail: object, more?: Partial<Outcome>): Outcome => ({
      delivery: { ...report(envelope), type, ...detail },
      ...more,
    })
    if (isStale(envelope)) return of(told('drop', { cause: 'old' }))
    const parts = split(envelope)
    if (parts[0]) return of(told('retry', { cause: 'size' }, { instead: parts }))
    // a page that is only hidden lives on, and gets an answer
    const isLast = isUnloading(page) && 'sendBeacon' in page.navigator
    if (isLast && tryOr(() => page.navigator.sendBeacon(endpoint, body))) return of(told('sent', { way: 'sendBeacon' }))
    inFlight += bytes
    const controller = new AbortController()
    const request = (body: BodyInit, init?: RequestInit) =>
      fetch(endpoint, {
        ...{ method: 'POST', body, signal: controller.signal },
        // no more than the browser takes, nor what `sendBeacon` has just refused for the same reason; what may
        // get no answer either is to leave no connection behind when it is given up
        keepalive: inFlight < keepaliveBudget && !isLast && !isSilent,
        ...init,
      })
    return merge(
      defer(() =>
        takesGzip && bytes > large && envelope.reason !== 'hidden'
          ? gzip(body).then((zip) =>
              request(zip, { headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' } }),
            )
          : request(body),
      ),
      timer(patience).pipe(
        map(() => {
          controller.abort()
          throw 'timeout'
        }),
      ),
    ).pipe(
      take(1),
      map(({ ok, status, headers }: Response) => {
        isSilent = false
        const says = (name: string) => headers.get(name) ?? ''
        takesGzip = compress === 'auto' && 'CompressionStream' in page && /gzip/.test(says('accept-encoding'))
        const answer = { way: 'fetch', status }
        const isAnswered = true
        if (ok) return told('sent', answer, { isAnswered })
        if (status === 408 || status === 429 || status >= 500)
          return told('retry', answer, { isAnswered, retryIn: after(says('retry-after')) })
        const instead = status === 413 ? halves(envelope) : []
        return told(instead[0] ? 'retry' : 'drop', { ...answer, cause: `${status}` }, { isAnswered, instead })
      }),
      catchError((error) => {
        isSilent = true
        const isAnswered = page.navigator.onLine === false
        return of(told('retry', { way: 'fetch', cause: `${error}` }, { isAnswered, retryIn: 0 }))
      }),
      finalize(() => {
        inFlight -= bytes
      }),
    )
  }
}

const gzip = (body: string) => new Response(new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'))).blob()

/** Whether the page is told right now that it ends. */
export const isUnloading = ({ event }: Page): boolean => event?.type === 'pagehide'

/** `Retry-After` in ms, an hour at most: seconds, or a date. 0 where it says nothing. */
const after = (header: string) =>
  Math.min(36e5, Math.max(0, Number(header) * 1000 || Date.parse(header) - asyncScheduler.now() || 0))
