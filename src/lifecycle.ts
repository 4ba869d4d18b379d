import { filter, ignoreElements, map, type Observable, Subject, switchMap, take, takeUntil, tap, timer } from 'rxjs'
import { elapsed } from './page/elapsed.ts'
import { hiddenFor, whenShown } from './page/hiddenFor.ts'
import { idle } from './page/idle.ts'
import { loaded } from './page/loaded.ts'
import { pageActivated } from './page/pageActivated.ts'
import { pageLeave } from './page/pageLeave.ts'
import { pageRestored } from './page/pageRestored.ts'
import { visibility } from './page/visibility.ts'
import { merge } from './rx/merge.ts'
import { isSampled } from './session.ts'
import type { SourceOptions } from './sources/source.ts'
import type { Workings } from './workings.ts'

/** What is observed of each view. Another view begins in its place. */
export const views = <T>(own: Workings, observed: (start: ViewStart) => Observable<T>): Observable<T> => {
  // emits when a view has ended by an absence, with all that it had to tell
  const over$ = new Subject<void>()
  const end = () => {
    own.away$.next(0)
    over$.next()
  }
  return viewStarts(own, over$).pipe(
    // the absence first: what is closed when the page is hidden has the session as it is then
    switchMap((start) => merge(absence(own, start, end), onceSampled(own, start).pipe(switchMap(observed)))),
  )
}

/**
 * A view begins with the collector, and with each return from the back/forward cache, unless the visitor has not agreed yet. After
 * a long absence a view of a new session begins when the visitor returns. If the hidden page reports something before that, a view
 * begins with it.
 */
const viewStarts = (
  { page, config, session, isGranted, isAtWork, unheard$, stop$ }: Workings,
  over$: Observable<void>,
): Observable<ViewStart> => {
  const now = (more: object = {}) => ({ since: elapsed(page), restoredAt: 0, ...more })
  const restored$ = pageRestored(page).pipe(
    // what the view before has to tell still waits
    filter(isGranted),
    map(({ timeStamp }) => now({ restoredAt: timeStamp })),
  )
  const returned$ = whenShown(page).pipe(
    tap(session.renew),
    map(() => now()),
  )
  const unseen$ = unheard$.pipe(
    filter(() => !isAtWork() && isSampled(session.current(), config.sampleRate)),
    map(() => now({ isUnseen: true })),
  )
  const again$ = over$.pipe(switchMap(() => merge(returned$, unseen$).pipe(take(1))))
  return merge([{ since: 0 }], restored$, again$).pipe(takeUntil(stop$))
}

/** When a view begins. */
export type ViewStart = Pick<SourceOptions, 'since' | 'restoredAt'> & {
  since: number
  /** In a page that is hidden for long. It lasts until the visitor returns. */
  isUnseen?: boolean
}

/**
 * Emits the start of a view as soon as it is to be observed: at once, unless its session is none of those that are collected;
 * then as soon as the visitor returns in another one that is. The first look into `localStorage` takes a while, so it waits for
 * an idle moment, unless it decides whether anything is observed.
 */
const onceSampled = (
  { page, config, session, note, calm$, stop$, away$ }: Workings,
  start: ViewStart,
): Observable<ViewStart> => {
  const look = () => {
    const current = session.keepAlive()
    note('session', current)
    return isSampled(current, config.sampleRate)
  }
  if (config.sampleRate === 1) return merge(calm$.pipe(take(1), tap(look), takeUntil(stop$), ignoreElements()), [start])
  return visibility(page).pipe(
    map((state, at) => (at ? state === 'visible' && { since: elapsed(page), restoredAt: 0 } : start)),
    filter((start) => start !== false),
    filter(look),
    take(1),
    // after a long absence another view begins, of another session
    takeUntil(merge(stop$, away$)),
  )
}

/**
 * Tells the session when the page is hidden and shown. Ends the view if the page is hidden for long, observed or not, and a view
 * of a hidden page when it is shown; but not before consent, or its readings would be lost.
 */
const absence = (
  { page, config, session, isGranted, stop$, away$ }: Workings,
  { isUnseen }: ViewStart,
  end: () => void,
): Observable<never> => {
  const turn$ = visibility(page).pipe(tap(session.turn))
  const end$ = (isUnseen ? whenShown(page) : hiddenFor(page, config.stopCollectorAfter)).pipe(
    filter(isGranted),
    tap(end),
  )
  // what nobody saw belongs to the session before the return
  return (isUnseen ? merge(end$, turn$) : merge(turn$, end$)).pipe(takeUntil(merge(stop$, away$)), ignoreElements())
}

/** A view ends with the collector, and if its page is hidden for long, or was when it began and is seen again. */
export const viewEnd = ({ stop$, away$ }: Workings): Observable<unknown> => merge(stop$, away$)

/**
 * Opens the way: nothing leaves before the page has loaded, or ends before it has, and the visitor has agreed. The page has a
 * lot to do in the task of its `load` event, so what follows from it has a task of its own.
 */
export const opening = (own: Workings): Observable<never> => {
  const { page, session, note, isOpen$, stop$ } = own
  const loaded$ = loaded(page).pipe(tap(() => note('load')))
  // what was decided before is to hold for the next page, too
  const keep$ = storable(own).pipe(take(1), tap(session.keep))
  const open$ = granted(own).pipe(
    takeUntil(stop$),
    switchMap(() => merge(loaded$.pipe(switchMap(() => timer(0))), pageLeave(page), stop$)),
    tap(() => isOpen$.next(true)),
    // last: where the browser ends the script in the midst of it, the next such moment opens again
    take(1),
  )
  return merge(keep$.pipe(takeUntil(stop$)), open$).pipe(ignoreElements())
}

/** Emits once, when the page has an idle moment after its start, in which work can be done that need not be done at once. */
export const calming = ({ page, isCalm$, stop$ }: Workings): Observable<never> =>
  idle(page, 1000).pipe(
    takeUntil(stop$),
    tap(() => isCalm$.next(true)),
    ignoreElements(),
  )

/** Emits once, as soon as the visitor has agreed. */
const granted = ({ consent$, isGranted }: Workings) => consent$.pipe(filter(isGranted), take(1))

/** Emits once something may be stored: the visitor has agreed, and the page is not (or no longer) prerendered. */
export const storable = (own: Workings): Observable<unknown> =>
  granted(own).pipe(switchMap(() => pageActivated(own.page)))
