import {
  asyncScheduler,
  catchError,
  EMPTY,
  ignoreElements,
  map,
  mergeMap,
  Subject,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs'
import { events } from '../../page/events.ts'
import type { Page } from '../../page/page.ts'
import { isUnloading } from '../../page/unloading.ts'
import { tryOr } from '../../payload/tryOr.ts'
import { completionOf } from '../../rx/completionOf.ts'
import { merge } from '../../rx/merge.ts'
import type { Delivery } from '../sink.ts'
import { deferredFetch, type InitOf } from './deferredFetch.ts'
import type { Envelope } from './envelope.ts'
import { type Change, keepIn } from './outbox.ts'
import { signOfLife, viewOf } from './recovery.ts'

/** What is not acknowledged after this is armed, for when the page is gone, ms. */
const armedAfter = 250

/**
 * Keeps envelopes until they are released: in the outbox, for the next page of the origin, and with the browser, which
 * sends them when this page is gone.
 */
export const safekeeping = (page: Page, where: () => string, init?: InitOf) => {
  const kept = new Map<string, Envelope>()
  const entrusted = new Set<string>()
  const change$ = new Subject<Change>()
  const sealed$ = new Subject<Envelope[]>()
  const opened$ = new Subject<void>()
  const deferred = deferredFetch(page, where, init)
  // the view whose lock is held: of any other, what is open would be taken for what an ended page has left
  let held: string | undefined
  // a page in the back/forward cache must not hold on to anything: nothing is opened in the meantime
  let isGone = false

  /**
   * An open sample is stored once the lock of its view is held. It is armed if it `isUrgent`, or if what was armed of it
   * would be out of date.
   */
  const keepOpen = (open: Envelope, isUrgent: boolean) => {
    kept.set(open.id, open)
    if (viewOf(open.id) === held) store([open])
    if (isUrgent || deferred.isArmed(open.id)) deferred.arm(open)
    opened$.next()
  }
  const openOnes = () => [...kept.values()].filter(({ id, reason }) => reason === 'recovered' && viewOf(id) === held)
  const store = (envelopes: Envelope[]) => change$.next(envelopes.map((envelope) => [envelope.id, envelope]))
  const gone$ = events(page, ['pagehide', 'pageshow']).pipe(
    tap(({ type }) => {
      isGone = type === 'pagehide'
      // what has no answer yet gets none any more, and there may be no room in the outbox
      if (isGone) for (const envelope of kept.values()) if (!deferred.isArmed(envelope.id)) deferred.arm(envelope)
    }),
  )
  const armed$ = sealed$.pipe(
    mergeMap((sealed) => timer(armedAfter).pipe(map(() => sealed))),
    tap((sealed) => {
      for (const envelope of sealed) {
        if (kept.get(envelope.id) === envelope && !deferred.isArmed(envelope.id)) deferred.arm(envelope)
      }
    }),
  )
  const stored$ = change$.pipe(
    keepIn(
      page,
      () => change$.next([...kept].filter(([id, { reason }]) => reason !== 'recovered' || viewOf(id) === held)),
      () => isGone,
    ),
    catchError((error): Delivery[] => [{ type: 'unstored', cause: `${error}` }]),
  )
  // where no lock says so, the next page is to see that this one lives
  const alive$ = opened$.pipe(
    switchMap(() => timer(signOfLife)),
    tap(() => {
      for (const envelope of openOnes()) keepOpen({ ...envelope, time: asyncScheduler.now() }, false)
    }),
  )
  const background$ = merge(gone$, armed$, tryOr<unknown>(() => page.navigator.locks, true) ? EMPTY : alive$).pipe(
    takeUntil(completionOf(change$)),
    ignoreElements(),
  )

  return {
    /** Does the keeping while it is subscribed to, and emits what fails of it. */
    kept$: merge(stored$, background$),
    isGone: () => isGone,
    /** The lock of this view is held from now on, so what it has kept is stored. */
    lockHeld: (view: string) => {
      held = view
      const ofView = [...kept.values()].filter(({ id }) => viewOf(id) === view)
      if (ofView[0]) store(ofView)
    },
    /**
     * The lock is not held any more. What its view has open is taken back while the page lives, or another page would tell of
     * it before it is complete.
     */
    lockReleased: () => {
      const open = openOnes()
      held = undefined
      if (open[0] && !isUnloading(page)) change$.next(open.map(({ id }) => [id, null, true]))
    },
    keepOpen,
    /**
     * A closed sample is armed if it is not released soon. It is armed at once in the place of what was armed of it, while it
     * was open or whole; and if the page ends now. It is stored after it was sent then: Firefox may end a script in the midst
     * of its work when it closes a tab.
     */
    keepSealed: (sealed: Envelope[]) => {
      const isLast = isUnloading(page)
      const wasArmed = sealed.some(({ id }) => deferred.isArmed(id))
      for (const envelope of sealed) {
        kept.set(envelope.id, envelope)
        if (isLast || wasArmed) deferred.arm(envelope)
      }
      isLast ? Promise.resolve().then(() => store(sealed)) : store(sealed)
      sealed$.next(sealed)
    },
    release: (id: string) => {
      kept.delete(id)
      deferred.disarm(id)
      change$.next([[id, null]])
    },
    /** The browser has taken it, and gives no answer: the outbox alone has it, should it not arrive. */
    entrust: (id: string) => {
      kept.delete(id)
      deferred.disarm(id)
      entrusted.add(id)
    },
    /** The ids of what the browser has taken. */
    entrusted,
    /** Nothing is sent by the browser any more. */
    disarm: () => deferred.close(),
    /** The same, and nothing is stored any more. */
    close: () => {
      deferred.close()
      change$.complete()
    },
  }
}
