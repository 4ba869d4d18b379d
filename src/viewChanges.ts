import { defer, ignoreElements, mergeMap, tap } from 'rxjs'
import { elapsed } from './page/elapsed.ts'
import { routeChanges } from './page/route.ts'
import { cutFor, type Reading } from './payload/reading.ts'
import { concat } from './rx/concat.ts'
import { merge } from './rx/merge.ts'
import type { Source } from './sources/source.ts'
import { type ViewChange, view } from './sources/view.ts'

/**
 * The view introduces itself. Another one in the same page first closes the sample of the one before. A page may replace its
 * query or hash at each scroll: that closes one at most once a `samplingRate`, else the sample ends with the URL it has then.
 */
export const viewChanges: Source<Reading> = (page, options = {}) =>
  defer(() => {
    const { samplingRate = 0 } = options
    let before: Partial<ViewChange> = {}
    let isReplaced = false
    let closed = Number.NEGATIVE_INFINITY
    const closes = (now: ViewChange) => {
      const isMinor = isReplaced && before.pathname === now.pathname
      const isSoon = elapsed(page) - closed < samplingRate
      before = now
      isReplaced = false
      if (!now.isNew || (isMinor && isSoon)) return false
      closed = elapsed(page)
      return true
    }
    const replaced$ = routeChanges(page).pipe(
      tap((change) => {
        isReplaced = change.isReplaced
      }),
      ignoreElements(),
    )
    const views$ = view(page, options).pipe(
      mergeMap((now) =>
        concat(
          closes(now) ? [cutFor('route')] : [],
          // what the cut calls (`beforeSend`) may have changed the view once more
          defer(() => [identityIn(before as ViewChange)]),
        ),
      ),
    )
    // first, so that it is known how a change came when the view tells of it
    return merge(replaced$, views$)
  })

const identityIn = ({ isNew, ...value }: ViewChange): Reading => ({ field: 'view', value })
