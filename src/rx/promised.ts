import { defer, Observable, type ObservableInput } from 'rxjs'

/**
 * `defer`, for whatever may be a promise: RxJS takes a promise for a list in a page that has a `length` on Object.prototype.
 */
export const promised = <T>(start: () => ObservableInput<T>): Observable<T> =>
  defer(() => {
    const input = start()
    if (!(input instanceof Promise)) return input
    return new Observable<T>((value$) => {
      input.then(
        (value) => {
          value$.next(value)
          value$.complete()
        },
        (error) => value$.error(error),
      )
    })
  })
