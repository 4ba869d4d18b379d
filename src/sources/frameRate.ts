import {
  defer,
  distinctUntilChanged,
  exhaustMap,
  filter,
  interval,
  Observable,
  takeUntil,
  takeWhile,
  tap,
  timer,
} from 'rxjs'
import { elapsed } from '../page/elapsed.ts'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'
import { route } from '../page/route.ts'
import { type Timeline, timelineOf } from '../page/timeline.ts'
import { visibility } from '../page/visibility.ts'
import { native } from '../payload/native.ts'
import type { FrameRate } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'
import { merge } from '../rx/merge.ts'
import type { SourceOptions } from './source.ts'

/**
 * Events that announce movement: the first moments of the page, and of one that was prerendered, the visitor's hand, scrolling,
 * an animation that starts.
 */
const signs = [
  'load',
  'prerenderingchange',
  'pointerdown',
  'pointermove',
  'keydown',
  'scroll',
  'animationstart',
  'transitionrun',
]

/** How long one sign counts, ms. */
const afterglow = 1000

/** Length of a window, and from one to the next as long as all is smooth, ms. */
const span = 200
const period = 1000

/** Twelve frames at 60 Hz are 200 ms, and a little less by the rounded times that a browser tells, ms. */
const rounding = 1

/** A window of less than this share of the best rate seen is a drop: displays have 60, 90, 120 or 144 Hz. */
const smooth = 0.9

/**
 * Frames per second over windows of 200 ms, while something moves: from input, scrolling, a route change or a running
 * animation until 1 s after the last of them, and for 1 s after `load` or the activation of a prerendered page. One window a
 * second as long as the rate is smooth. After a drop, a long animation frame or a long task, window follows window until two
 * in a row are smooth. A window within 1 fps of the last one is not repeated. An idle or hidden page is asked for no frame:
 * each one makes it render.
 */
export const frameRate = (page: Page, { timeline = timelineOf(page) }: SourceOptions = {}): Observable<FrameRate> => {
  const rate$ = sparseWindows(page, timeline)
  return whileMoving(page, rate$).pipe(distinctUntilChanged((last, now) => Math.abs(last.fps - now.fps) <= 1))
}

const whileMoving = (page: Page, rate$: Observable<FrameRate>) => {
  let lastSign = 0
  const isStill = () => {
    if (elapsed(page) - lastSign < afterglow) return false
    if (!isAnimated(page)) return true
    lastSign = elapsed(page)
    return false
  }
  const isStill$ = interval(afterglow / 4).pipe(filter(isStill))
  const isHidden$ = visibility(page).pipe(filter((state) => state === 'hidden'))
  return merge(route(page), events(page, signs, { capture: true })).pipe(
    tap(() => {
      lastSign = elapsed(page)
    }),
    exhaustMap(() => rate$.pipe(takeUntil(merge(isHidden$, isStill$)))),
  )
}

const isAnimated = ({ document }: Page) =>
  native(document, 'getAnimations')
    .call(document)
    // a page may have made a class of its own of them
    .some((animation) => native(animation, 'playState') === 'running')

const sparseWindows = (page: Page, timeline: Timeline) => {
  let best = 0
  /** Smooth windows that must still come before the next pause. */
  let needed = 0
  const untilSmooth$ = windows(page).pipe(
    takeWhile(({ fps }) => {
      best = Math.max(best, fps)
      needed = fps < best * smooth ? 2 : needed - 1
      return needed > 0
    }, true),
  )
  const trouble$ = defer(() =>
    timeline(['long-animation-frame', 'longtask'], { since: elapsed(page), atOnce: true }),
  ).pipe(
    tap(() => {
      needed = 2
    }),
  )
  return merge(timer(0, period), trouble$).pipe(exhaustMap(() => untilSmooth$))
}

/** Window after window. RxJS's `animationFrames` would take each frame through all operators. */
const windows = (page: Page) =>
  new Observable<FrameRate>((rate$) => {
    let from = 0
    let count = 0
    const next = (time: number) => {
      if (!from) from = time
      else count++
      if (time - from > span - rounding) {
        rate$.next({ timeStamp: tenths(time), fps: Math.round((count * 1000) / (time - from)) })
        from = time
        count = 0
      }
      // not before the window is reported: a frame that is taken back is rendered all the same
      if (!rate$.closed) handle = page.requestAnimationFrame(next)
    }
    let handle = page.requestAnimationFrame(next)
    return () => page.cancelAnimationFrame(handle)
  })
