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
import { spreadTasks } from '../../operators/spreadTasks.ts'
import { pageRestored } from '../../page/pageRestored.ts'
import { isUnloading, unloading } from '../../page/unloading.ts'
import { completionOf } from '../../rx/completionOf.ts'
import { merge } from '../../rx/merge.ts'
import { promised } from '../../rx/promised.ts'
import type { Delivery, Scope, Sink } from '../sink.ts'
import { type AddressOf, address } from './address.ts'
import { barred } from './barred.ts'
import { forget } from './database.ts'
import type { InitOf } from './deferredFetch.ts'
import { deliver } from './deliver.ts'
import { type Envelope, envelope } from './envelope.ts'
import { journalClock } from './journalClock.ts'
import { type Outcome, outcome } from './outcome.ts'
import { pause } from './pause.ts'
import { holdLock, recovery, takeBack, viewOf } from './recovery.ts'
import { safekeeping } from './safekeeping.ts'

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
      const ended$ = completionOf(payload$)

      let isUrgent = false
      const journal$ = mayStore$.pipe(
        // first at the end of the task, behind what is urgent in it: what leaves in it need not be looked at
        switchMap(() => merge(promised(endOfTask), reading$.pipe(journalClock(page)))),
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
      const background$ = merge(openSample$, journal$).pipe(ignoreElements(), takeUntil(ended$))

      const settled$ = new Subject<string>()
      const afterSample = switchMap(() => timer(settings.samplingRate))
      const left$ = merge(
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
        spreadTasks(page),
      )
      const delivery$ = merge(payloads$, left$).pipe(
        deliver(
          (envelope) =>
            defer(() => request(envelope)).pipe(
              // an earlier page, or another version, may have stored what can't be read
              catchError((error) => [outcome(envelope, 'drop', { cause: `unreadable: ${error}` })]),
              tap(({ instead }) => instead?.[0] && keeper.keepSealed(instead)),
            ),
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
      return merge(unloading(page).pipe(takeUntil(ended$)), keeper.kept$, background$, delivery$)
    })
  return Object.assign(sink, { forget })
}

const endOfTask = () => Promise.resolve().then(() => 'rest' as const)
