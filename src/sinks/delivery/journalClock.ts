import {
  asyncScheduler,
  connect,
  exhaustMap,
  filter,
  map,
  type ObservableInput,
  type OperatorFunction,
  Subject,
  switchMap,
  takeUntil,
  tap,
  timer,
} from 'rxjs'
import { idle } from '../../page/idle.ts'
import type { Page } from '../../page/page.ts'
import type { Reading } from '../../payload/reading.ts'
import { merge } from '../../rx/merge.ts'
import { promised } from '../../rx/promised.ts'

/** From one write of urgent readings to the next, ms. */
const urgentPause = 250

/** All other readings are written within 1 s: after a pause, in an idle moment that comes within so long, ms. */
const restPause = 600
const idleWithin = 200

/**
 * Emits when readings that wait are worth a write. What the visitor or the page itself did (actions, events, errors) is
 * written at the end of its task, or when the last such write is 250 ms old; all else with it, or in idle time, within 1 s.
 * However many readings come, there are no more writes. `endOfTask` is a promise, but in tests of time.
 */
export const journalClock = (
  page: Page,
  endOfTask: () => ObservableInput<unknown> = () => Promise.resolve(),
): OperatorFunction<Reading, 'urgent' | 'rest'> =>
  connect((reading$) => {
    let written = Number.NEGATIVE_INFINITY
    const written$ = new Subject<void>()
    const wait = () => Math.min(urgentPause, written + urgentPause - asyncScheduler.now())
    return merge(
      reading$.pipe(
        filter(isUrgent),
        exhaustMap(() => (wait() > 0 ? timer(wait()) : promised(endOfTask))),
        tap(() => {
          written = asyncScheduler.now()
          written$.next()
        }),
        map(() => 'urgent' as const),
      ),
      reading$.pipe(
        filter((reading) => !isUrgent(reading)),
        exhaustMap(() =>
          timer(restPause).pipe(
            switchMap(() => idle(page, idleWithin)),
            takeUntil(written$),
          ),
        ),
        map(() => 'rest' as const),
      ),
    )
  })

const isUrgent = ({ field }: Reading) => /actions|events|errors/.test(field)
