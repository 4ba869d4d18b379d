import { defer, map, type Observable, type ObservableInput, take, timer } from 'rxjs'
import { AbortController } from '../../page/natives.ts'
import { merge } from '../../rx/merge.ts'

/** A request without an answer is given up after this, ms. */
const timeLimit = 10_000

/**
 * The first value of a request, which can be aborted by its controller. Aborts it, and fails with `timeout`, if there is none
 * within 10 s.
 */
export const inTime = <T>(request: (controller: AbortController) => ObservableInput<T>): Observable<T> =>
  defer(() => {
    const controller = new AbortController()
    return merge(
      defer(() => request(controller)),
      timer(timeLimit).pipe(
        map((): never => {
          controller.abort()
          throw 'timeout'
        }),
      ),
    ).pipe(take(1))
  })
