import { asyncScheduler } from 'rxjs'
import type { Page } from '../../page/page.ts'
import type { Delivery } from '../sink.ts'
import { StrayAnswer } from './address.ts'
import { type Envelope, halves, isStale, loss, report, split } from './envelope.ts'

/** The outcome of one request. */
export interface Outcome {
  delivery: Delivery
  /** Somebody has answered; if the browser is offline, nobody expects it to. */
  isAnswered?: boolean
  /** It is to be tried again: in so many ms, or, with 0, whenever the caller likes. */
  retryIn?: number | undefined
  /** To be sent in its place. */
  instead?: Envelope[]
}

/** An outcome for an envelope. */
export const outcome = (
  envelope: Envelope,
  type: Delivery['type'],
  detail: object,
  more?: Partial<Outcome>,
): Outcome => ({ delivery: { ...(type === 'drop' ? loss(envelope) : report(envelope)), type, ...detail }, ...more })

/** The outcome for what is not to be sent as it is: it is too old, one too many, or too large. */
export const unsent = (envelope: Envelope): Outcome | undefined => {
  if (isStale(envelope)) return outcome(envelope, 'drop', { cause: 'old' })
  if (envelope.isExcess) return outcome(envelope, 'drop', { cause: 'full' })
  return halved(envelope)
}

/** The outcome for what takes too many `bytes` in the form in which it is sent, and can be halved. */
export const halved = (envelope: Envelope, bytes?: number): Outcome | undefined => {
  const parts = split(envelope, bytes)
  return parts[0] && outcome(envelope, 'retry', { cause: 'size' }, { instead: parts })
}

/**
 * The outcome of an answer. After a status that `mayRetry` the same is sent again; after the refusal of a compressed body it is
 * sent as it is, and `withoutGzip` hears of it. `taken` is what else is told of an envelope that the endpoint took.
 */
export const answered = (
  envelope: Envelope,
  { ok, status, headers }: Response,
  mayRetry: (status: number) => boolean,
  withoutGzip: false | (() => void),
  taken?: object,
): Outcome => {
  const given = (type: Delivery['type'], detail?: object, more?: Partial<Outcome>) =>
    outcome(envelope, type, { way: 'fetch', status, ...detail }, { isAnswered: true, ...more })
  if (ok) return given('sent', taken)
  if (mayRetry(status)) return given('retry', {}, { retryIn: delayOf(`${headers.get('retry-after')}`) })
  // a receiver, or what stands before it, may take no gzip any more
  if (withoutGzip && status !== 413) {
    withoutGzip()
    return given('retry', {}, { instead: [envelope] })
  }
  const instead = status === 413 ? halves(envelope) : []
  return given(instead[0] ? 'retry' : 'drop', { cause: `${status}` }, { instead })
}

/** The outcome where the endpoint may have stored what it can't read: it does not say (any more) that it takes gzip. */
export const unread = (envelope: Envelope, { status }: Response): Outcome =>
  outcome(envelope, 'retry', { way: 'fetch', status, cause: 'gzip' }, { isAnswered: true, instead: [envelope] })

/** The outcome of an answer that says where the endpoint is now. */
export const movedOutcome = (envelope: Envelope, { status }: Response, to: string): Outcome =>
  outcome(envelope, 'retry', { way: 'fetch', status, cause: `moved to ${to}` }, { instead: [envelope] })

/** The outcome of a request without an answer. */
export const unanswered = ({ navigator }: Page, envelope: Envelope, error: unknown): Outcome =>
  outcome(
    envelope,
    'retry',
    { way: 'fetch', cause: `${error}` },
    { isAnswered: error instanceof StrayAnswer || navigator.onLine === false, retryIn: 0 },
  )

/** `Retry-After` in ms, an hour at most: seconds, or a date. 0 if it says nothing. */
export const delayOf = (header: string) =>
  Math.min(36e5, Math.max(0, Number(header) * 1000 || Date.parse(header) - asyncScheduler.now() || 0))
