import {
  defer,
  filter,
  ignoreElements,
  map,
  mergeAll,
  mergeMap,
  type Observable,
  type OperatorFunction,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  tap,
  timer,
} from 'rxjs'
import { navigationBegins } from '../../page/navigationBegins.ts'
import type { Page } from '../../page/page.ts'
import { pageLeave } from '../../page/pageLeave.ts'
import { concat } from '../../rx/concat.ts'
import { merge } from '../../rx/merge.ts'
import { mostWaiting } from './deliver.ts'
import { age, type Envelope, isStale } from './envelope.ts'
import { storedIds, storedOf } from './outbox.ts'
import { webLock } from './webLock.ts'

/** Where there are no locks to tell whose page still lives, what was not touched for this long counts as left, ms. */
const staleAfter = 60_000

/** Where there are no locks, a page touches what it has open this often, ms. */
export const signOfLife = 30_000

/** Browsers wake a hidden page once a minute: what is open counts as left after three minutes without a touch. */
const staleOpenAfter = staleAfter + 2 * 60_000

/** Whether no page lives that it belongs to. */
const isLeft = ({ navigator }: Page, left: Envelope): boolean =>
  !!navigator.locks || Math.abs(age(left)) > (left.reason === 'recovered' ? staleOpenAfter : staleAfter)

/** Views at a time, and envelopes of each: the outbox keeps the others better than the memory of this page. */
const mostAtATime = { views: 16, envelopes: 4 }

/** The lock of a view is kept for so long after the last of its envelopes is settled, ms: the outbox forgets them a little later. */
const afterglow = 2000

/**
 * What ended pages of this origin have left in the outbox for an endpoint (and what is too old for any), the oldest view
 * first, asked once when `when$` emits; the next ones as soon as `settled$` emits the ids of earlier ones. What is left of a
 * view belongs to this page alone meanwhile: it holds the lock of that view. Of more than 500 stored ones, the oldest are in excess.
 */
export const recovery = (
  page: Page,
  endpoint: string,
  when$: Observable<unknown>,
  settled$: Observable<string>,
): Observable<Envelope> => {
  const untilSettled = ({ id }: Envelope) =>
    settled$.pipe(
      filter((settled) => settled === id),
      take(1),
      ignoreElements(),
    )
  const leftOf = (view: string): Observable<Envelope> => {
    const left$ = storedOf(page, view).pipe(
      mergeAll(),
      filter((left) => isStale(left) || (left.endpoint === endpoint && isLeft(page, left))),
      // it may be settled at once
      mergeMap((left) => merge(untilSettled(left), [left]), mostAtATime.envelopes),
    )
    const forgotten$ = timer(afterglow).pipe(map(() => null))
    return viewLock(page, endpoint, view, true).pipe(
      switchMap(() => concat(left$, forgotten$)),
      takeWhile((left) => left !== null),
    )
  }
  return when$.pipe(
    take(1),
    switchMap(() =>
      storedIds(page).pipe(
        switchMap((ids) => {
          const excess = new Set(ids.slice(0, -mostWaiting.envelopes))
          return defer(() => viewsOf(ids)).pipe(
            mergeMap(leftOf, mostAtATime.views),
            map((left) => ({ ...left, isExcess: excess.has(left.id) })),
          )
        }),
        // the locks are let go of
        takeUntil(pageLeave(page)),
      ),
    ),
  )
}

/**
 * Of what the browser took from this page as it was left, with these ids, what no other page has sent since. For a page that has
 * come back; the ids are used up.
 */
export const takeBack = (page: Page, entrusted: Set<string>): Observable<Envelope> =>
  defer(() => viewsOf([...entrusted])).pipe(
    mergeMap((view) => storedOf(page, view)),
    mergeAll(),
    filter(({ id }) => entrusted.delete(id)),
  )

/** The lock that a page holds while one of its views has something open for an endpoint. */
export const viewLock = (page: Page, endpoint: string, view: string, ifAvailable = false): Observable<unknown> =>
  webLock(page, `CRUM ${view} ${endpoint}`, ifAvailable)

/** A navigation that has not left the page after this has not taken place, ms. */
const going = 1000

/**
 * Holds the lock of the view that it was told last, and emits its key once it has it. Lets go when the page may end, or
 * begins to go (Firefox decides then whether its back/forward cache takes it), and emits `''`; asks again when it is told
 * a view after that, if the page is still there.
 */
export const holdLock =
  (page: Page, endpoint: string): OperatorFunction<string, string> =>
  (view$) =>
    defer(() => {
      let asked: string | undefined
      const forget = tap(() => {
        asked = undefined
      })
      const leave$ = pageLeave(page).pipe(forget)
      const go$ = navigationBegins(page)
      const stays$ = go$.pipe(
        switchMap(() => timer(going)),
        forget,
        ignoreElements(),
        takeUntil(leave$),
      )
      return view$.pipe(
        filter((view) => view !== asked),
        switchMap((view) => {
          asked = view
          const held$ = viewLock(page, endpoint, view).pipe(
            map(() => view),
            takeUntil(merge(leave$, go$)),
          )
          return merge(concat(held$, ['']), stays$)
        }),
      )
    })

const viewsOf = (ids: string[]) => [...new Set(ids.map(viewOf))]

/** The key of a view, out of the id of one of its beacons. */
export const viewOf = (id: string): string => id.replace(/-[^-]*$/, '')
