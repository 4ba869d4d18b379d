import { filter, ignoreElements, map, type Observable, switchMap, take, takeUntil, tap } from 'rxjs'
import { elapsed } from './page/elapsed.ts'
import { hiddenFor, shownAgain } from './page/hiddenFor.ts'
import { idle } from './page/idle.ts'
import { loaded } from './page/loaded.ts'
import { pageLeave } from './page/pageLeave.ts'
import { pageRestored } from './page/pageRestored.ts'
import { together } from './page/together.ts'
import { isSampled } from './session.ts'
import type { SourceOptions } from './sources/source.ts'
import type { Workings } from './workings.ts'

/** A view begins with the collector, with a return from the back/forward cache, and, in a new session, after a long absence. */
export const viewStarts = ({ page, session, stop$, away$ }: Workings): Observable<ViewStart> => {
  const again$ = shownAgain(page, away$).pipe(
    tap(() => session.current(true, true)),
    map(() => 0),
  )
  const restored$ = pageRestored(page).pipe(map(({ timeStamp }) => timeStamp))
  const later$ = together(restored$, again$).pipe(map((restoredAt) => ({ since: elapsed(page), restoredAt })))
  return together([{ since: 0 }], later$).pipe(takeUntil(stop$))
}

/** When a view begins. */
export type ViewStart = Pick<SourceOptions, 'since' | 'restoredAt'> & { since: number }

/** A view ends with the collector, and if its page is hidden for long; not before it may be sent, or it would be lost. */
export const viewEnd = ({ page, config, isGranted, stop$, away$ }: Workings): Observable<unknown> =>
  together(
    stop$,
    hiddenFor(page, config.stopCollectorAfter).pipe(
      filter(isGranted),
      tap(() => away$.next(0)),
    ),
  )

/** Opens the way: nothing leaves before the page has loaded, or ends before it has, and the visitor has agreed. */
export const opening = (own: Workings): Observable<never> => {
  const { page, note, isOpen$, stop$ } = own
  const loaded$ = loaded(page).pipe(tap(() => note('load')))
  return granted(own).pipe(
    takeUntil(stop$),
    switchMap(() => together(loaded$, pageLeave(page), stop$)),
    take(1),
    tap(() => isOpen$.next(true)),
    ignoreElements(),
  )
}

/** Emits once, when the page has an idle moment after its start, in which work can be done that need not be done at once. */
export const calming = ({ page, isCalm$, stop$ }: Workings): Observable<never> =>
  idle(page, 1000).pipe(
    takeUntil(stop$),
    tap(() => isCalm$.next(true)),
    ignoreElements(),
  )

/** Emits once, as soon as the visitor has agreed. */
export const granted = ({ consent$, isGranted }: Workings) => consent$.pipe(filter(isGranted), take(1))

/**
 * Emits if the session is none of those that are collected. The first look into `localStorage` takes a while, so it waits
 * for an idle moment, unless it decides whether anything is observed.
 */
export const unsampled = ({ config, session, note, calm$ }: Workings): Observable<unknown> =>
  together(config.sampleRate < 1 ? [true] : calm$).pipe(
    map(() => session.current(true)),
    tap((current) => note('session', current)),
    filter((current) => !isSampled(current, config.sampleRate)),
  )
