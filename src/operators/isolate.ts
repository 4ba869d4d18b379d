import { Observable, type Subscription } from 'rxjs'

/** What is reported of an isolated part. */
export interface Isolation {
  /** It has failed: when it was made or subscribed to, later, or in its teardown. */
  failed: (error: unknown) => void
  /** It has completed without a value. */
  silent?: () => void
}

/**
 * Subscribes to what `start` returns, and keeps its failures to itself: an error ends this part, and is reported to `failed`
 * instead of the subscriber, to whoever unsubscribes, or to the callback that caused it.
 */
export const isolate = <T>(start: () => Observable<T>, { failed, silent }: Isolation): Observable<T> =>
  new Observable<T>((subscriber) => {
    let isSilent = true
    let source: Subscription | undefined
    const release = () => {
      try {
        source?.unsubscribe()
      } catch (error) {
        failed(error)
      }
    }
    try {
      source = start().subscribe({
        next: (value) => {
          isSilent = false
          subscriber.next(value)
        },
        error: (error) => {
          failed(error)
          release()
          subscriber.complete()
        },
        complete: () => {
          release()
          if (isSilent) silent?.()
          subscriber.complete()
        },
      })
    } catch (error) {
      // it could not start, or it ended at once and its teardown threw
      failed(error)
      subscriber.complete()
    }
    return release
  })
