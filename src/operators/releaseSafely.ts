import { type MonoTypeOperatorFunction, Observable, type Subscription } from 'rxjs'

/**
 * Hands everything on. What a teardown throws, when the source has ended or is no longer wanted, is told to `failed`, and
 * neither to whoever unsubscribes nor to the callback that ended it.
 */
export const releaseSafely =
  <T>(failed: (error: unknown) => void): MonoTypeOperatorFunction<T> =>
  (source$) =>
    new Observable<T>((subscriber) => {
      let source: Subscription | undefined
      const release = () => {
        try {
          source?.unsubscribe()
        } catch (error) {
          failed(error)
        }
      }
      try {
        source = source$.subscribe({
          next: (value) => subscriber.next(value),
          error: (error) => {
            release()
            subscriber.error(error)
          },
          complete: () => {
            release()
            subscriber.complete()
          },
        })
      } catch (error) {
        // it ended at once, and then its teardown threw
        failed(error)
      }
      return release
    })
