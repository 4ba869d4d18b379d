import { asyncScheduler, catchError, defer, finalize, identity, map, type ObservableInput, switchMap } from 'rxjs'
import type { Page } from '../../page/page.ts'
import { tryOr } from '../../page/tryOr.ts'
import { isUnloading } from '../../page/unloading.ts'
import type { Settings } from '../../settings.ts'
import type { Delivery, Notes, Scope } from '../sink.ts'
import { address } from './address.ts'
import { type Envelope, halves, isStale, report, split } from './envelope.ts'
import { compressed, compressedUrl, large } from './gzip.ts'
import { inTime } from './inTime.ts'

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
  quietly: Scope['quietly'],
  fetch = page.fetch,
): ((envelope: Envelope) => ObservableInput<Outcome>) => {
  const sendBeacon = page.navigator.sendBeacon?.bind(page.navigator)
  const { now: addressOf, movedTo } = address(page)
  let inFlight = 0
  let isSilent = false
  const takesGzip = () =>
    'CompressionStream' in page && (compress === true || (compress === 'auto' && notes.recall(gzipNote) === own))

  return (envelope) => {
    const { body, bytes, endpoint } = envelope
    const url = addressOf(endpoint)
    const outcome = (type: Delivery['type'], detail: object, more?: Partial<Outcome>): Outcome => ({
      delivery: { ...report(envelope), type, ...detail },
      ...more,
    })
    if (isStale(envelope)) return [outcome('drop', { cause: 'old' })]
    const parts = split(envelope)
    if (parts[0]) return [outcome('retry', { cause: 'size' }, { instead: parts })]
    // a page that is only hidden lives on, and gets an answer
    const isLast = isUnloading(page) && !!sendBeacon
    if (isLast && tryOr(() => sendBeacon(url, body), false)) return [outcome('sent', { way: 'sendBeacon' })]
    inFlight += bytes
    const request = (url: string, body: BodyInit, signal: AbortSignal) =>
      quietly(() =>
        fetch(url, {
          method: 'POST',
          body,
          signal,
          headers: { 'content-type': 'text/plain;charset=UTF-8' },
          // no more than the browser takes, nor what `sendBeacon` has just refused for the same reason; what may
          // get no answer either is to leave no connection behind when it is given up
          keepalive: inFlight < keepaliveBudget && !isLast && !isSilent,
        }),
      )
    // what leaves with its page cannot wait for a compressor
    const isZipped = bytes > large && envelope.reason !== 'hidden' && takesGzip()
    return inTime((signal) =>
      isZipped
        ? defer(() => compressed(body)).pipe(switchMap((zip) => request(compressedUrl(url), zip, signal)))
        : request(url, body, signal),
    ).pipe(
      map((response) => {
        const { ok, status, headers } = response
        // all that counts is in the head, and a body that never ends would hold its connection; one that somebody reads
        // already is theirs
        response.body?.cancel?.().catch(identity)
        const moved = movedTo(url, response)
        if (moved)
          return outcome('retry', { way: 'fetch', status, cause: `moved to ${moved}` }, { instead: [envelope] })
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

/** `Retry-After` in ms, an hour at most: seconds, or a date. 0 if it says nothing. */
export const delayOf = (header: string) =>
  Math.min(36e5, Math.max(0, Number(header) * 1000 || Date.parse(header) - asyncScheduler.now() || 0))
