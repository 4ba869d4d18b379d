import { asyncScheduler, catchError, defer, finalize, map, type ObservableInput, switchMap, take, timer } from 'rxjs'
import type { Page } from '../../page/page.ts'
import { together } from '../../page/together.ts'
import { tryOr } from '../../page/tryOr.ts'
import type { Settings } from '../../settings.ts'
import type { Delivery, Notes } from '../sink.ts'
import { type Envelope, halves, isStale, report, split } from './envelope.ts'
import { compressed, compressedUrl } from './gzip.ts'

/** The outcome of one request. */
export interface Outcome {
  delivery: Delivery
  /** The endpoint has answered; if the browser is offline, nobody expects it to. */
  isAnswered?: boolean
  /** It is to be tried again: in so many ms, or, with 0, whenever the caller likes. */
  retryIn?: number | undefined
  /** To be sent in its place. */
  instead?: Envelope[]
}

/** Half of the 64 KiB that browsers allow all `keepalive` and `sendBeacon` bodies in flight: the page has its own. */
const keepaliveBudget = 32 * 1024

/** A request without an answer is given up after this, ms. */
const patience = 10_000

/** Bodies from this size on are worth to be compressed, bytes. */
const large = 2000

/** The note of a visitor's pages that this endpoint takes gzip. */
const gzipNote = 'gzip'

/**
 * Sends an envelope to its endpoint, once, and emits the outcome: by `fetch`, with an answer, or, at `pagehide`, by
 * `sendBeacon`, which has none. Never fails.
 */
export const post = (
  page: Page,
  { compress, endpoint: own }: Settings,
  notes: Notes,
  fetch = page.fetch,
): ((envelope: Envelope) => ObservableInput<Outcome>) => {
  let inFlight = 0
  let isSilent = false
  const takesGzip = () =>
    'CompressionStream' in page && (compress === true || (compress === 'auto' && notes.recall(gzipNote) === own))

  return (envelope) => {
    const { body, bytes, endpoint } = envelope
    const outcome = (type: Delivery['type'], detail: object, more?: Partial<Outcome>): Outcome => ({
      delivery: { ...report(envelope), type, ...detail },
      ...more,
    })
    if (isStale(envelope)) return [outcome('drop', { cause: 'old' })]
    const parts = split(envelope)
    if (parts[0]) return [outcome('retry', { cause: 'size' }, { instead: parts })]
    // a page that is only hidden lives on, and gets an answer
    const isLast = isUnloading(page) && 'sendBeacon' in page.navigator
    if (isLast && tryOr(() => page.navigator.sendBeacon(endpoint, body), false))
      return [outcome('sent', { way: 'sendBeacon' })]
    inFlight += bytes
    const controller = new AbortController()
    const request = (url: string, body: BodyInit) =>
      fetch(url, {
        ...{ method: 'POST', body, signal: controller.signal, headers: { 'content-type': 'text/plain;charset=UTF-8' } },
        // no more than the browser takes, nor what `sendBeacon` has just refused for the same reason; what may
        // get no answer either is to leave no connection behind when it is given up
        keepalive: inFlight < keepaliveBudget && !isLast && !isSilent,
      })
    // what leaves with its page cannot wait for a compressor
    const isZipped = bytes > large && envelope.reason !== 'hidden' && takesGzip()
    return together(
      isZipped
        ? defer(() => compressed(body)).pipe(switchMap((zip) => request(compressedUrl(endpoint), zip)))
        : defer(() => request(endpoint, body)),
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
        const header = (name: string) => headers.get(name) ?? ''
        if (/gzip/.test(header('accept-encoding'))) notes.remember(gzipNote, endpoint)
        const answer = { way: 'fetch', status }
        const isAnswered = true
        if (ok) return outcome('sent', answer, { isAnswered })
        if (status === 408 || status === 429 || status >= 500)
          return outcome('retry', answer, { isAnswered, retryIn: delayOf(header('retry-after')) })
        // a receiver may take no gzip any more
        if (isZipped && compress === 'auto' && status !== 413) {
          notes.remember(gzipNote, '')
          return outcome('retry', answer, { isAnswered, instead: [envelope] })
        }
        const instead = status === 413 ? halves(envelope) : []
        return outcome(instead[0] ? 'retry' : 'drop', { ...answer, cause: `${status}` }, { isAnswered, instead })
      }),
      catchError((error) => {
        isSilent = true
        const isAnswered = page.navigator.onLine === false
        return [outcome('retry', { way: 'fetch', cause: `${error}` }, { isAnswered, retryIn: 0 })]
      }),
      finalize(() => {
        inFlight -= bytes
      }),
    )
  }
}

/** Whether the page is told right now that it ends. */
export const isUnloading = ({ event }: Page): boolean => event?.type === 'pagehide'

/** `Retry-After` in ms, an hour at most: seconds, or a date. 0 if it says nothing. */
const delayOf = (header: string) =>
  Math.min(36e5, Math.max(0, Number(header) * 1000 || Date.parse(header) - asyncScheduler.now() || 0))
