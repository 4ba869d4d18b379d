import {
  catchError,
  defaultIfEmpty,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  finalize,
  ignoreElements,
  map,
  type Observable,
  switchMap,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs'
import { events } from '../page/events.ts'
import { navigationBegins } from '../page/navigationBegins.ts'
import { ownRequest } from '../page/ownRequest.ts'
import type { Page } from '../page/page.ts'
import { pageLeave } from '../page/pageLeave.ts'
import { together } from '../page/together.ts'
import { visibility } from '../page/visibility.ts'
import { deliver } from './delivery/deliver.ts'
import { envelope } from './delivery/envelope.ts'
import { journalClock } from './delivery/journalClock.ts'
import { isUnloading, post } from './delivery/post.ts'
import { recovery, viewLock, viewOf } from './delivery/recovery.ts'
import { safekeeping } from './delivery/safekeeping.ts'
import type { Delivery, Sink } from './sink.ts'

/**
 * Posts each payload as JSON to the `endpoint` of the settings until the receiver acknowledges it, and emits the outcome.
 * Until then the payload is kept, as are open samples: in the outbox, for the next page of the origin, and with the browser,
 * which sends it when this page is gone. What earlier pages have left in the outbox is sent after the first sample.
 */
export const beaconSink =
  (): Sink =>
  (payload$, { page, fetch, settings, notes, open$, mayStore$, reading$, look, pending$ }) =>
    defer(() => {
      const { endpoint, samplingRate } = settings
      if (!endpoint) {
        return payload$.pipe(map(({ beacon: { id } }): Delivery => ({ type: 'drop', id, cause: 'no endpoint' })))
      }
      const request = post(page, settings, notes, fetch)
      const { kept$, isGone, keepOpen, keepSealed, release, entrust, disarm, close } = safekeeping(page, endpoint)
      const isOwn = ownRequest(page, endpoint)
      const ended$ = payload$.pipe(ignoreElements(), defaultIfEmpty(0))

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
        tap(({ id, payload }) => (payload ? keepOpen(envelope(payload, endpoint), isUrgent) : release(id))),
        // the next page sees by the lock that this one lives
        exhaustMap(({ id }) => (isGone() ? EMPTY : untilPageGoes(page, viewLock(page, endpoint, viewOf(id))))),
      )
      // open samples first: the journal may look at once
      const background$ = together(openSample$, journal$).pipe(ignoreElements(), takeUntil(ended$))

      const left$ = recovery(page, endpoint, open$.pipe(switchMap(() => timer(samplingRate)))).pipe(
        takeUntil(ended$),
        // the outbox reports where it is written that storage fails
        catchError(() => EMPTY),
      )
      const payloads$ = payload$.pipe(
        map((payload) => [envelope(payload, endpoint)]),
        tap(keepSealed),
      )
      const delivery$ = together(payloads$, left$).pipe(
        deliver(
          (envelope) => defer(() => request(envelope)).pipe(tap(({ instead }) => instead?.[0] && keepSealed(instead))),
          {
            isUnloading: () => isUnloading(page),
            // a hidden page waits to be seen, or for the next page
            pause: (ms) =>
              together(
                visibility(page).pipe(switchMap((state) => (state === 'visible' ? timer(ms) : EMPTY))),
                events(page, 'online'),
              ).pipe(take(1)),
            barred$: events<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(
              filter(({ blockedURI, disposition }) => disposition === 'enforce' && isOwn(blockedURI)),
              take(1),
              map(() => `connect-src bars ${endpoint}`),
            ),
          },
        ),
        tap(({ type, id = '', way }) => {
          if (type === 'error') disarm()
          else if (way === 'sendBeacon') entrust(id)
          else if (type !== 'retry') release(id)
        }),
        finalize(close),
      )
      return together(kept$, background$, delivery$)
    })

/** A navigation that has not left the page after this has not taken place, ms. */
const going = 1000

/** Holds a lock until the page is left, or begins to go; completes once it can be taken again. */
const untilPageGoes = (page: Page, lock$: Observable<unknown>) => {
  const going$ = navigationBegins(page)
  return together(
    lock$.pipe(takeUntil(going$)),
    going$.pipe(
      switchMap(() => timer(going)),
      take(1),
    ),
  ).pipe(takeUntil(pageLeave(page)))
}
