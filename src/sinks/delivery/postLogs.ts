import { catchError, endWith, finalize, map, noop, type ObservableInput, switchMap, take } from 'rxjs'
import { type LogsOptions, toLogs } from '../../otlp/toLogs.ts'
import { isUnloading } from '../../page/unloading.ts'
import { parse, stringify } from '../../payload/stringify.ts'
import { tryOr } from '../../payload/tryOr.ts'
import { promised } from '../../rx/promised.ts'
import type { Scope } from '../sink.ts'
import { type AddressOf, address } from './address.ts'
import { bytesOf, type Envelope } from './envelope.ts'
import { compressed, worthZipping } from './gzip.ts'
import { endings } from './hasEnded.ts'
import { inTime } from './inTime.ts'
import { answered, halved, movedOutcome, type Outcome, outcome, unanswered, unsent } from './outcome.ts'

/** Where log records go, and what goes with them. */
export interface LogsEndpoint extends LogsOptions {
  endpoint: string
  headers?: Record<string, string> | undefined
}

/** Below the 64 KiB that browsers allow all `keepalive` bodies in flight. Half of them are the page's own while it lives. */
const keepaliveBudget = 60_000

/** The body of an envelope as log records, and the headers that say so. */
export const logsInit =
  ({ headers, resource }: LogsEndpoint) =>
  ({ body }: Envelope): { body: string; headers: Record<string, string> } => ({
    body: stringify(toLogs([parse(body)], { resource })),
    headers: { ...headers, 'content-type': 'application/json' },
  })

const mayRetry = (status: number) => status < 400 || [429, 502, 503, 504].includes(status)

/**
 * Sends an envelope to an OTLP endpoint, once, and emits the outcome; never fails. It is tried again after
 * 429, 502, 503 and 504, as OTLP says, after 3xx, which no Collector answers, and without an answer. At `pagehide` it goes by
 * `keepalive`, if there is room, and nobody waits for the answer. Compressed is a large body with `compress: true`, and with
 * `'auto'` for the page's own origin: any OTLP endpoint takes gzip, but another origin may not allow the header.
 * https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export const postLogs = (
  { page, settings: { compress }, quietly, fetch }: Pick<Scope, 'page' | 'settings' | 'quietly' | 'fetch'>,
  to: LogsEndpoint,
  addressOf: AddressOf = address(page),
): ((envelope: Envelope) => ObservableInput<Outcome>) => {
  const initOf = logsInit(to)
  // what was not taken compressed goes as it is the next time
  const refused = new WeakSet<Envelope>()
  let inFlight = 0
  // what went as the page was left; a page that has come back has its room again
  let handedOver = 0
  const answers = endings()
  /** `''` if the answer never ends, or if somebody else reads it: what its status says holds all the same. */
  const textOf = (response: Response, controller: AbortController) => {
    const copy = tryOr(() => response.clone(), response)
    return answers.hasEnded(response, controller).pipe(
      endWith(false),
      take(1),
      switchMap((isEnd) => (isEnd ? promised(() => copy.text()) : [''])),
    )
  }
  let takesGzip =
    'CompressionStream' in page &&
    (compress === true ||
      (compress === 'auto' && tryOr(() => new URL(to.endpoint).origin === page.location.origin, false)))

  return (envelope) => {
    const without = unsent(envelope)
    if (without) return [without]
    const init = initOf(envelope)
    const bytes = bytesOf(init.body)
    const isLast = isUnloading(page)
    // log records take about twice as much; only a page that is left has to mind
    const parts = isLast && halved(envelope, bytes)
    if (parts) return [parts]
    const { url, redirect, movedTo, doubt } = addressOf(to.endpoint)
    if (!isLast) handedOver = 0
    const keepalive = isLast
      ? inFlight + handedOver + bytes < keepaliveBudget
      : answers.mayOutlive() && inFlight + bytes < keepaliveBudget / 2
    const request = (more: RequestInit) =>
      quietly(() => fetch(url, { method: 'POST', ...init, redirect, keepalive, ...more }))
    if (isLast && keepalive) {
      // what is not answered is in the outbox, for the next page
      tryOr(() => request({}).catch(noop), undefined)
      handedOver += bytes
      return [outcome(envelope, 'sent', { way: 'keepalive' })]
    }
    inFlight += bytes
    const isZipped = takesGzip && !refused.has(envelope) && bytes > worthZipping && envelope.reason !== 'hidden'
    const isRefusable = isZipped && compress === 'auto'
    const ask = (more: RequestInit) => promised(() => request(more))
    const responseTo = (signal: AbortSignal) =>
      isZipped
        ? compressed(init.body).pipe(
            switchMap((body) => ask({ body, signal, headers: { ...init.headers, 'content-encoding': 'gzip' } })),
          )
        : ask({ signal })
    return inTime((controller) =>
      responseTo(controller.signal).pipe(
        switchMap((response) => textOf(response, controller).pipe(map((text) => ({ response, text })))),
      ),
    ).pipe(
      map(({ response, text }) => {
        const moved = movedTo(response)
        if (moved) return movedOutcome(envelope, response, moved)
        if (isRefusable && !response.ok) refused.add(envelope)
        const withoutGzip = () => {
          takesGzip = false
        }
        return answered(envelope, response, mayRetry, isRefusable && withoutGzip, rejection(text))
      }),
      catchError((error) => {
        answers.fail()
        if (isRefusable) refused.add(envelope)
        doubt()
        return [unanswered(page, envelope, error)]
      }),
      finalize(() => {
        inFlight -= bytes
      }),
    )
  }
}

/** A partial success: how many records were not taken, and why. They must not be sent again. */
const rejection = (text: string) =>
  tryOr(() => {
    const { rejectedLogRecords = 0, errorMessage } = parse(text).partialSuccess
    return { rejected: Number(rejectedLogRecords), ...(errorMessage && { cause: errorMessage }) }
  }, {})
