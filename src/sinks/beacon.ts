import {
  catchError,
  defer,
  EMPTY,
  filter,
  finalize,
  ignoreElements,
  map,
  mergeMap,
  type ObservableInput,
  Subject,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs'
import { endOf } from '../page/endOf.ts'
import { pageRestored } from '../page/pageRestored.ts'
import { together } from '../page/together.ts'
import { isUnloading, unloading } from '../page/unloading.ts'
import { type AddressOf, address } from './delivery/address.ts'
import { barred } from './delivery/barred.ts'
import { forget } from './delivery/database.ts'
import type { InitOf } from './delivery/deferredFetch.ts'
import { deliver } from './delivery/deliver.ts'
import { type Envelope, envelope } from './delivery/envelope.ts'
import { journalClock } from './delivery/journalClock.ts'
import type { Outcome } from './delivery/outcome.ts'
import { pause } from './delivery/pause.ts'
import { post } from './delivery/post.ts'
import { holdLock, recovery, takeBack, viewOf } from './delivery/recovery.ts'
import { safekeeping } from './delivery/safekeeping.ts'
import type { Delivery, Scope, Sink } from './sink.ts'

/**
 * Posts each payload as JSON to the `endpoint` of the settings until the receiver acknowledges it, and emits the outcome.
 * Until then the payload is kept, as are open samples: in the outbox, for the next page of the origin, and with the browser,
 * which sends it when this page is gone. What earlier pages have left in the outbox is sent after the first sample; a page
 * that comes back from the back/forward cache does the same with what the browser took from it as it was left.
 */
export const beaconSink = (): Sink =>
  keepingSink((scope, addressOf) => ({ endpoint: scope.settings.endpoint, request: post(scope, addressOf) }))

/** A way to an endpoint. */
export interface Way {
  endpoint: string
  /** Sends an envelope once, and never fails. */
  request: (envelope: Envelope) => ObservableInput<Outcome>
  /** What `fetch` is to send of an envelope. Default: its body alone. */
  init?: InitOf | undefined
  /** Behind the ids in the outbox, where no other way to this or another endpoint has the same; without a `-`. */
  mark?: string
}

/** A sink with that promise for whatever way it has. */
export const keepingSink = (wayOf: (scope: Scope, addressOf: AddressOf) => Way): Sink => {
  const sink: Sink = (payload$, scope) =>
    defer(() => {
      const { page, settings, open$, mayStore$, reading$, look, pending$ } = scope
      const addressOf = address(page)
      const { endpoint, request, init, mark = '' } = wayOf(scope, addressOf)
      if (!endpoint) {
        return payload$.pipe(map(({ beacon: { id } }): Delivery => ({ type: 'drop', id, cause: 'no endpoint' })))
      }
      const keeper = safekeeping(
        page,
        // what has no answer goes to where the endpoint has moved, as everything does
        () => addressOf(endpoint).url,
        init,
      )
      const ended$ = endOf(payload$)

      let isUrgent = false
      const journal$ = mayStore$.pipe(
        tap(look),
        switchMap(() => reading$.pipe(journalClock(page))),
        tap((pace) => {
          isUrgent = pace === 'urgent'
          look()
        }),
      )
      const openSample$ = pending$.pipe(
        tap(({ id, payload }) =>
          payload ? keeper.keepOpen(envelope(payload, endpoint, mark), isUrgent) : keeper.release(id + mark),
        ),
        filter(() => !keeper.isGone()),
        map(({ id }) => viewOf(id)),
        // the next page sees by the lock that this one lives
        holdLock(page, endpoint),
        tap((view) => (view ? keeper.lockHeld(view) : keeper.lockReleased())),
      )
      // open samples first: the journal may look at once
      const background$ = together(openSample$, journal$).pipe(ignoreElements(), takeUntil(ended$))

      const settled$ = new Subject<string>()
      const afterSample = switchMap(() => timer(settings.samplingRate))
      const left$ = together(
        recovery(page, endpoint, open$.pipe(afterSample), settled$),
        pageRestored(page).pipe(
          afterSample,
          mergeMap(() => takeBack(page, keeper.entrusted)),
        ),
      ).pipe(
        map((left) => [left]),
        takeUntil(ended$),
        // the outbox reports where it is written that storage fails
        catchError(() => EMPTY),
      )
      const payloads$ = payload$.pipe(
        map((payload) => [envelope(payload, endpoint, mark)]),
        tap(keeper.keepSealed),
      )
      const delivery$ = together(payloads$, left$).pipe(
        deliver(
          (envelope) =>
            defer(() => request(envelope)).pipe(tap(({ instead }) => instead?.[0] && keeper.keepSealed(instead))),
          {
            isUnloading: () => isUnloading(page),
            pause: (ms, isAsked) => pause(page, ms, isAsked),
            barred$: barred(page, endpoint),
          },
        ),
        tap(({ type, id = '', way }) => {
          if (type === 'error') keeper.disarm()
          else if (way === 'sendBeacon' || way === 'keepalive') keeper.entrust(id)
          else if (type !== 'retry') keeper.release(id)
          if (type !== 'retry') settled$.next(id)
        }),
        finalize(keeper.close),
      )
      return together(unloading(page).pipe(takeUntil(ended$)), keeper.kept$, background$, delivery$)
    })
  return Object.assign(sink, { forget })
}
