import { catchError, defer, finalize, ignoreElements, map, mergeAll, type ObservableInput, switchMap } from 'rxjs'
import { isUnloading } from '../../page/unloading.ts'
import { tryOr } from '../../payload/tryOr.ts'
import { merge } from '../../rx/merge.ts'
import { promised } from '../../rx/promised.ts'
import type { Scope } from '../sink.ts'
import { type AddressOf, address } from './address.ts'
import type { Envelope } from './envelope.ts'
import { compressed, compressedUrl, gzipNote, worthZipping } from './gzip.ts'
import { endings } from './hasEnded.ts'
import { inTime } from './inTime.ts'
import { answered, movedOutcome, type Outcome, outcome, unanswered, unread, unsent } from './outcome.ts'

/** Whatever is no refusal: those are 4xx, but for two that say to come later. */
const mayRetry = (status: number) => status < 400 || status >= 500 || status === 408 || status === 429

/** Half of the 64 KiB that browsers allow all `keepalive` and `sendBeacon` bodies in flight: the page has its own. */
const keepaliveBudget = 32 * 1024

/**
 * Sends an envelope to its endpoint, once, and emits the outcome: by `fetch`, with an answer, or, at `pagehide`, by
 * `sendBeacon`, which has none. Never fails.
 */
export const post = (
  {
    page,
    settings: { compress },
    notes,
    quietly,
    fetch,
  }: Pick<Scope, 'page' | 'settings' | 'notes' | 'quietly' | 'fetch'>,
  addressOf: AddressOf = address(page),
): ((envelope: Envelope) => ObservableInput<Outcome>) => {
  const sendBeacon = page.navigator.sendBeacon?.bind(page.navigator)
  let inFlight = 0
  let handedOver = 0
  const answers = endings()
  const isAuto = compress === 'auto'
  const { takesGzip, remember: noteGzip, refused } = gzipNote(notes)
  const mayZip = (envelope: Envelope) =>
    'CompressionStream' in page && (compress === true || (isAuto && takesGzip(envelope)))

  return (envelope) => {
    const { body, bytes, endpoint } = envelope
    const { url, redirect, movedTo, doubt } = addressOf(endpoint)
    const without = unsent(envelope)
    if (without) return [without]
    // a page that is only hidden lives on, and gets an answer
    const isLast = isUnloading(page) && !!sendBeacon
    // a page that has come back has its room again
    if (!isLast) handedOver = 0
    if (isLast && tryOr(() => sendBeacon(url, body), false)) {
      handedOver += bytes
      return [outcome(envelope, 'sent', { way: 'sendBeacon' })]
    }
    inFlight += bytes
    const request = (url: string, body: BodyInit, signal: AbortSignal) =>
      promised(() =>
        quietly(() =>
          fetch(url, {
            method: 'POST',
            body,
            signal,
            redirect,
            headers: { 'content-type': 'text/plain;charset=UTF-8' },
            // no more than the browser takes, `sendBeacon` included, which may have been refused for that reason
            keepalive: answers.mayOutlive() && inFlight + (isLast ? handedOver : 0) < keepaliveBudget,
          }),
        ),
      )
    // what leaves with its page cannot wait for a compressor
    const isZipped = bytes > worthZipping && envelope.reason !== 'hidden' && mayZip(envelope)
    const responseTo = (signal: AbortSignal) =>
      isZipped
        ? compressed(body).pipe(switchMap((zip) => request(compressedUrl(url), zip, signal)))
        : request(url, body, signal)
    const isRefusable = isZipped && isAuto
    const outcomeOf = (response: Response): Outcome => {
      const moved = movedTo(response)
      // whoever is there may take none
      const takesIt = !moved && /gzip/.test(`${response.headers.get('accept-encoding')}`)
      if (isAuto) noteGzip(endpoint, takesIt)
      if (moved) return movedOutcome(envelope, response, moved)
      if (isRefusable && !(response.ok && takesIt)) refused(envelope)
      if (isRefusable && response.ok && !takesIt) return unread(envelope, response)
      return answered(envelope, response, mayRetry, isRefusable && (() => noteGzip(endpoint, false)))
    }
    const failed = (error: unknown) => {
      answers.fail()
      if (isRefusable) refused(envelope)
      doubt()
      return [unanswered(page, envelope, error)]
    }
    return inTime((controller) =>
      responseTo(controller.signal).pipe(
        map((response) =>
          merge(
            defer(() => [outcomeOf(response)]).pipe(catchError(failed)),
            // whoever has answered: the body must end
            answers.hasEnded(response, controller).pipe(ignoreElements()),
          ),
        ),
      ),
    ).pipe(
      mergeAll(),
      catchError(failed),
      finalize(() => {
        inFlight -= bytes
      }),
    )
  }
}
