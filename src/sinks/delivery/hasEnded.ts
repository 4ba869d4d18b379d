import { catchError, defer, EMPTY, map, type Observable, take, tap, timer } from 'rxjs'
import { merge } from '../../rx/merge.ts'
import { promised } from '../../rx/promised.ts'

/** A body that has not ended after this, ms, is taken for one that never does. */
const endsWithin = 1000

/** The same for its size, bytes: a receiver has not much to say. */
const mostUnread = 65_536

/**
 * Whether the body of an answer has ended. Until then it holds its connection: so it is read, and if it does not end the request
 * is aborted (a cancelled body is not enough for Firefox). Empty where somebody else reads it.
 */
export const hasEnded = ({ body }: Pick<Response, 'body'>, controller: AbortController): Observable<boolean> =>
  defer(() =>
    body?.getReader
      ? merge(
          promised(() => readAll(body)),
          timer(endsWithin).pipe(map(() => false)),
        ).pipe(take(1))
      : [true],
  ).pipe(
    tap((isEnd) => isEnd || controller.abort()),
    catchError(() => EMPTY),
  )

/**
 * How the answers of an endpoint end. Nobody can take back a request that may outlive its page (`keepalive`): so, the first ones
 * apart, none may before it is known that answers come, and end. Once one has not ended, no other is waited for.
 */
export const endings = () => {
  let mayOutlive = true
  let isEndless = false
  return {
    mayOutlive: () => mayOutlive,
    /** There was no answer. */
    fail: () => {
      mayOutlive = false
    },
    /** Whether the body of this one has ended. */
    hasEnded: (response: Response, controller: AbortController): Observable<boolean> => {
      mayOutlive = false
      if (isEndless) {
        controller.abort()
        return EMPTY
      }
      return hasEnded(response, controller).pipe(
        tap((isEnd) => {
          mayOutlive = isEnd
          isEndless = !isEnd
        }),
      )
    },
  }
}

const readAll = async (body: ReadableStream<Uint8Array>): Promise<boolean> => {
  const reader = body.getReader()
  for (let bytes = 0; bytes < mostUnread; ) {
    const { done, value } = await reader.read()
    if (done) return true
    bytes += value.length
  }
  return false
}
