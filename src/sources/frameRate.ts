import {
  distinctUntilChanged,
  EMPTY,
  exhaustMap,
  filter,
  interval,
  map,
  merge,
  type Observable,
  scan,
  startWith,
  switchMap,
  takeUntil,
} from 'rxjs'
import { events } from '../page/events.ts'
import { frames } from '../page/frames.ts'
import type { Page } from '../page/page.ts'
import { route } from '../page/route.ts'
import { visibility } from '../page/visibility.ts'
import type { FrameRate } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'

/** What tells that the page moves: something loads, its visitor's hand, scrolling, an animation that starts. */
const signs = ['load', 'pointerdown', 'pointermove', 'keydown', 'scroll', 'animationstart', 'transitionrun']

/** Length of a window, and how long after the last sign it is still watched, ms. */
const span = 200
const afterglow = 2000

/**
 * Frames per second over windows of 200 ms, while there is something to see: from loading, input, scrolling, a running
 * animation or a route change until 2 s after the last of them, and never while the page is hidden. A window within 1
 * fps of the last one told is not repeated. An idle page is asked for no frame.
 */
export const frameRate = (page: Page): Observable<FrameRate> => {
  const sign$ = merge(route(page), ...signs.map((type) => events(page, type, true))).pipe(startWith(0))
  const quiet$ = sign$.pipe(
    switchMap(() => interval(afterglow)),
    filter(() => !isAnimated(page)),
  )
  const rate$ = sign$.pipe(exhaustMap(() => windows(page).pipe(takeUntil(quiet$))))
  return visibility(page).pipe(
    switchMap((state) => (state === 'visible' ? rate$ : EMPTY)),
    distinctUntilChanged((told, now) => Math.abs(told.fps - now.fps) <= 1),
  )
}

/** Frames from a time on, and what they came to when the window is over. */
interface Window {
  from: number
  count: number
  rate?: FrameRate
}

const windows = (page: Page) =>
  frames(page).pipe(
    map((from): Window => ({ from, count: 1 })),
    scan(
      ({ from, count }, now): Window =>
        now.from - from < span
          ? { from, count: count + 1 }
          : { ...now, rate: { timeStamp: tenths(now.from), fps: Math.round((count * 1000) / (now.from - from)) } },
    ),
    map(({ rate }) => rate),
    filter((rate) => rate !== undefined),
  )

const isAnimated = ({ document }: Page) => document.getAnimations().some(({ playState }) => playState === 'running')
