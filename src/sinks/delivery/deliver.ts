import {
  connect,
  defer,
  EMPTY,
  map,
  mergeMap,
  type Observable,
  type OperatorFunction,
  Subject,
  switchMap,
  takeUntil,
} from 'rxjs'
import { completionOf } from '../../rx/completionOf.ts'
import { merge } from '../../rx/merge.ts'
import type { Delivery } from '../sink.ts'
import { type Envelope, loss } from './envelope.ts'
import type { Outcome } from './outcome.ts'

/** Bounds of what waits for an endpoint that fails. */
export const mostWaiting = { envelopes: 500, bytes: 5 * 2 ** 20 }

/**
 * Requests at a time. HTTP/1.1 has six connections for a host, which the page needs as well, and Chromium keeps that of a
 * `keepalive` request that hangs for half a minute after it was given up.
 */
const sideBySide = 4

/** Failures in a row, without one answer before, after which nothing more is tried: an ad-blocker does not tire. */
const hopeless = 8

/** The clocks and events that delivery follows. */
export interface Circumstances {
  /** Emits when it is time to try again, `ms` after a failure; `isAsked` if the endpoint has said so. */
  pause: (ms: number, isAsked: boolean) => Observable<unknown>
  /** Emits, with the reason, when the page does not let anything reach the endpoint. */
  barred$: Observable<string>
  /** Whether the page ends at this moment: what is handed over now is tried in any case. */
  isUnloading?: () => boolean
  random?: () => number
}

/**
 * Posts lists of envelopes until each is taken, a few side by side. While the endpoint fails, all wait, and the oldest one
 * alone is tried again after a pause that doubles from at most 1 s to at most 60 s (full jitter), or lasts as long as the
 * endpoint asks; an answer lets the others go. Where the way is barred, everything waits for the next page.
 */
export const deliver =
  (
    post: (envelope: Envelope) => Observable<Outcome>,
    { pause, barred$, isUnloading, random = Math.random }: Circumstances,
  ): OperatorFunction<Envelope[], Delivery> =>
  (list$) =>
    defer(() => {
      const waiting: Envelope[] = []
      const failed$ = new Subject<Parameters<Circumstances['pause']>>()
      let failures = 0
      let running = 0
      let wasAnswered = false
      let isBarred = false
      // the one that is tried alone, until an answer ends the failures: an older one may come back later
      let probe: Envelope | undefined

      const wait = (envelope: Envelope, isNext = false): Delivery[] => {
        waiting.splice(isNext ? 0 : waiting.length, 0, envelope)
        if (waiting.length <= mostWaiting.envelopes && bytesIn(waiting) <= mostWaiting.bytes) return []
        return [{ ...loss(waiting.shift() as Envelope), cause: 'full' }]
      }

      const giveUp = (why: string): Delivery => {
        isBarred = true
        return { type: 'error', part: 'beacon', message: `${why}, nothing sent until the next page` }
      }

      const attempt = (envelope: Envelope): Observable<Delivery> => {
        running++
        return post(envelope).pipe(
          mergeMap((outcome) => {
            running--
            wasAnswered ||= !!outcome.isAnswered
            return outcome.retryIn === undefined ? settled(envelope, outcome) : failed(envelope, outcome)
          }),
        )
      }

      /** It is done with, or others go in its place. */
      const settled = (envelope: Envelope, { delivery, isAnswered, instead = [] }: Outcome): Observable<Delivery> => {
        const wasProbe = envelope === probe
        if (isAnswered) {
          failures = 0
          probe = undefined
        }
        // what comes in the place of the oldest is the oldest
        waiting.unshift(...instead)
        return merge([delivery], sendNext(wasProbe))
      }

      const sendNext = (wasProbe: boolean): Observable<Delivery> => {
        if (!failures) return sendOrWait([])
        return wasProbe ? probeNext() : EMPTY
      }

      const failed = (envelope: Envelope, { delivery, retryIn }: Outcome): Delivery[] => {
        const isProbe = envelope === probe
        const dropped = wait(envelope, isProbe)
        if (failures && !isProbe) return [delivery, ...dropped]
        const ms = retryIn || random() * Math.min(60_000, 1000 * 2 ** failures)
        failures++
        if (failures >= hopeless && !wasAnswered) return [delivery, ...dropped, giveUp('endpoint unreachable')]
        failed$.next([ms, !!retryIn])
        return [{ ...delivery, retryIn: ms }, ...dropped]
      }

      const sendOrWait = (envelopes: Envelope[]): Observable<Delivery> =>
        defer(() => [...(failures ? [] : waiting.splice(0)), ...envelopes]).pipe(
          mergeMap((envelope) => (mustWait() ? wait(envelope) : attempt(envelope))),
        )

      const mustWait = () => isBarred || ((failures > 0 || running >= sideBySide) && !isUnloading?.())

      /** The oldest one alone looks whether the endpoint works again. */
      const probeNext = (): Observable<Delivery> => {
        if (isBarred) return EMPTY
        probe = waiting.shift()
        if (probe) return attempt(probe)
        // nothing waits: what comes next may try
        failures = 0
        return EMPTY
      }

      return list$.pipe(
        connect((list$) => {
          const ended$ = completionOf(list$)
          return merge(
            barred$.pipe(takeUntil(ended$), map(giveUp)),
            failed$.pipe(
              switchMap((how) => pause(...how)),
              takeUntil(ended$),
              mergeMap(probeNext),
            ),
            list$.pipe(mergeMap(sendOrWait)),
          )
        }),
      )
    })

const bytesIn = (envelopes: Envelope[]) => envelopes.reduce((sum, { bytes }) => sum + bytes, 0)
