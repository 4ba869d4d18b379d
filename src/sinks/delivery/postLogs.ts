import { catchError, defer, finalize, map, noop, type ObservableInput, switchMap } from 'rxjs'
import { type LogsOptions, toLogs } from '../../otlp/toLogs.ts'
import { absoluteUrl } from '../../page/ownRequest.ts'
import type { Page } from '../../page/page.ts'
import { tryOr } from '../../page/tryOr.ts'
import { isUnloading } from '../../page/unloading.ts'
import { parse, stringify } from '../../payload/stringify.ts'
import type { Settings } from '../../settings.ts'
import type { Delivery } from '../sink.ts'
import { bytesOf, type Envelope, halves, isStale, report, split } from './envelope.ts'
import { compressed, large } from './gzip.ts'
import { inTime } from './inTime.ts'
import { delayOf, type Outcome } from './post.ts'

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

/**
 * Sends an envelope to an OTLP endpoint, once, and emits the outcome; never fails. Tried again are only those answers that
 * OTLP names: 429, 502, 503, 504, and none at all. At `pagehide` it goes by `keepalive`, if there is room, and nobody waits
 * for the answer. Compressed is a large body with `compress: true`, and with `'auto'` for the page's own origin: any OTLP
 * endpoint takes gzip, but another origin may not allow the header. https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export const postLogs = (
  page: Page,
  { compress }: Settings,
  to: LogsEndpoint,
): ((envelope: Envelope) => ObservableInput<Outcome>) => {
  const { fetch, location } = page
  const { endpoint } = to
  const initOf = logsInit(to)
  let inFlight = 0
  let takesGzip =
    'CompressionStream' in page &&
    (compress === true ||
      (compress === 'auto' && tryOr(() => new URL(absoluteUrl(page, endpoint)).origin, '') === location.origin))

  return (envelope) => {
    const outcome = (type: Delivery['type'], detail: object, more?: Partial<Outcome>): Outcome => ({
      delivery: { ...report(envelope), type, ...detail },
      ...more,
    })
    if (isStale(envelope)) return [outcome('drop', { cause: 'old' })]
    const parts = split(envelope)
    if (parts[0]) return [outcome('retry', { cause: 'size' }, { instead: parts })]
    const init = initOf(envelope)
    const bytes = bytesOf(init.body)
    const isLast = isUnloading(page)
    const isKept = inFlight + bytes < (isLast ? keepaliveBudget : keepaliveBudget / 2)
    if (isLast && isKept) {
      // what is not answered is in the outbox, for the next page
      const send = () => fetch(endpoint, { method: 'POST', ...init, keepalive: true }).catch(noop)
      tryOr(send, undefined)
      return [outcome('sent', { way: 'keepalive' })]
    }
    inFlight += bytes
    const request = (more: RequestInit) => fetch(endpoint, { method: 'POST', ...init, keepalive: isKept, ...more })
    const isZipped = takesGzip && bytes > large && envelope.reason !== 'hidden'
    const responseTo = (signal: AbortSignal) =>
      isZipped
        ? defer(() => compressed(init.body)).pipe(
            switchMap((body) => request({ body, signal, headers: { ...init.headers, 'content-encoding': 'gzip' } })),
          )
        : defer(() => request({ signal }))
    return inTime((signal) =>
      responseTo(signal).pipe(
        // to its end, or the connection stays taken
        switchMap((response) => defer(() => response.text()).pipe(map((text) => ({ response, text })))),
      ),
    ).pipe(
      map(({ response: { ok, status, headers }, text }) => {
        const answer = { way: 'fetch', status }
        const isAnswered = true
        if (ok) return outcome('sent', { ...answer, ...rejection(text) }, { isAnswered })
        if (status === 429 || (status > 501 && status < 505))
          return outcome('retry', answer, { isAnswered, retryIn: delayOf(headers.get('retry-after') ?? '') })
        // what stands before the endpoint may know no gzip
        if (isZipped && compress === 'auto' && status !== 413) {
          takesGzip = false
          return outcome('retry', answer, { isAnswered, instead: [envelope] })
        }
        const instead = status === 413 ? halves(envelope) : []
        return outcome(instead[0] ? 'retry' : 'drop', { ...answer, cause: `${status}` }, { isAnswered, instead })
      }),
      catchError((error) => [
        outcome(
          'retry',
          { way: 'fetch', cause: `${error}` },
          {
            isAnswered: page.navigator.onLine === false,
            retryIn: 0,
          },
        ),
      ]),
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
