import {
  catchError,
  defer,
  EMPTY,
  endWith,
  exhaustMap,
  filter,
  finalize,
  ignoreElements,
  map,
  merge,
  of,
  Subject,
  switchMap,
  take,
  takeUntil,
  tap,
  timer,
} from 'rxjs'
import { events } from '../page/events.ts'
import { ownRequest } from '../page/ownRequest.ts'
import { pageLeave } from '../page/pageLeave.ts'
import { visibility } from '../page/visibility.ts'
import { deferredFetch } from './delivery/deferredFetch.ts'
import { deliver } from './delivery/deliver.ts'
import { type Envelope, envelope } from './delivery/envelope.ts'
import { type Change, keepIn } from './delivery/outbox.ts'
import { isUnloading, post } from './delivery/post.ts'
import { recovery, viewLock, viewOf } from './delivery/recovery.ts'
import type { Delivery, Sink } from './sink.ts'

/**
 * Posts each payload as JSON to the `endpoint` of the settings until it is acknowledged, and tells what becomes of it.
 * Until then it is kept, as is what is pending: in the outbox, for the next page of the origin, and with the browser,
 * which sends it when this page is gone. What earlier pages have left there is sent after the first sample.
 */
export const beaconSink =
  (): Sink =>
  (payload$, { page, settings, pending$, open$ }) =>
    defer(() => {
      const { endpoint, samplingRate } = settings
      if (!endpoint) {
        return payload$.pipe(map(({ beacon: { id } }): Delivery => ({ type: 'drop', id, cause: 'no endpoint' })))
      }
      const send = post(page, settings)
      const tail = deferredFetch(page, endpoint)
      const change$ = new Subject<Change>()
      const kept = new Map<string, Envelope>()
      const isOwn = ownRequest(page, settings)

      const keep = (...envelopes: Envelope[]) =>
        change$.next(
          envelopes.map((envelope) => {
            const { id } = envelope
            kept.set(id, envelope)
            tail.arm(envelope)
            return [id, envelope]
          }),
        )
      const release = (id: string) => {
        kept.delete(id)
        tail.disarm(id)
        change$.next([[id, null]])
      }

      const ended$ = payload$.pipe(ignoreElements(), endWith(0))
      // a page that is kept for coming back is not to hold on to anything then: nothing is opened in the meantime
      let isGone = false
      const gone$ = merge(events(page, 'pagehide'), events(page, 'pageshow')).pipe(
        tap(({ type }) => {
          isGone = type === 'pagehide'
        }),
        ignoreElements(),
        takeUntil(ended$),
      )
      const stored$ = change$.pipe(
        keepIn(
          page,
          () => change$.next([...kept]),
          () => isGone,
        ),
        catchError((error) => of<Delivery>({ type: 'unstored', cause: `${error}` })),
      )
      const open = pending$.pipe(
        tap(({ id, payload }) => (payload ? keep(envelope(payload, endpoint)) : release(id))),
        exhaustMap(({ id }) =>
          isGone ? EMPTY : viewLock(page, endpoint, viewOf(id)).pipe(takeUntil(pageLeave(page))),
        ),
        takeUntil(ended$),
        ignoreElements(),
      )
      const left$ = recovery(page, endpoint, open$.pipe(switchMap(() => timer(samplingRate)))).pipe(
        takeUntil(ended$),
        // storage that can't be read is told of where it is written
        catchError(() => EMPTY),
      )
      const sealed$ = payload$.pipe(
        map((payload) => [envelope(payload, endpoint)]),
        tap((sealed) => keep(...sealed)),
      )

      const delivery$ = merge(sealed$, left$).pipe(
        deliver((envelope) => send(envelope).pipe(tap(({ instead = [] }) => keep(...instead))), {
          isUnloading: () => isUnloading(page),
          // a hidden page waits to be seen, or for the next page
          pause: (ms) =>
            merge(
              visibility(page).pipe(switchMap((state) => (state === 'visible' ? timer(ms) : EMPTY))),
              events(page, 'online'),
            ).pipe(take(1)),
          barred$: events<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(
            filter(({ blockedURI, disposition }) => disposition === 'enforce' && isOwn(blockedURI)),
            take(1),
            map(() => `connect-src bars ${endpoint}`),
          ),
        }),
        tap(({ type, id = '', way }) => {
          if (type === 'error') tail.close()
          else if (way === 'sendBeacon') tail.disarm(id)
          else if (type !== 'retry') release(id)
        }),
        finalize(() => {
          tail.close()
          change$.complete()
        }),
      )
      return merge(gone$, stored$, open, delivery$)
    })
