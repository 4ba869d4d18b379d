import { connect, type MonoTypeOperatorFunction, mergeMap, takeUntil, tap, timer } from 'rxjs'
import type { Page } from '../page/page.ts'
import { pageLeave } from '../page/pageLeave.ts'
import { isUnloading } from '../page/unloading.ts'
import { native } from '../payload/native.ts'
import { completionOf } from '../rx/completionOf.ts'
import { drain } from '../rx/drain.ts'
import { merge } from '../rx/merge.ts'

/**
 * Passes on each value in a task of its own while the page is seen: two short tasks are not felt where one long one is. What
 * waits, and what comes later, goes at once when the page is hidden or left, and on completion.
 */
export const spreadTasks = <T>(page: Page): MonoTypeOperatorFunction<T> =>
  connect((value$) => {
    const waiting: T[] = []
    const isSeen = () => native(page.document, 'visibilityState') === 'visible' && !isUnloading(page)
    const ended$ = completionOf(value$)
    const oneByOne$ = value$.pipe(
      tap((value) => waiting.push(value)),
      mergeMap(() => (isSeen() ? timer(0) : [0])),
      mergeMap(() => waiting.splice(0, 1)),
    )
    const all$ = merge(pageLeave(page).pipe(takeUntil(ended$)), ended$).pipe(mergeMap(() => drain(waiting)))
    return merge(all$, oneByOne$)
  })
