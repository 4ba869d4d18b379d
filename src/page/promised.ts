import { Observable, type ObservableInput } from 'rxjs'

/**
 * The value of a promise; whatever else RxJS takes stays as it is. It would take a promise for a list in a page that has a
 * `length` on Object.prototype.
 */
export const promised = <T>(input: ObservableInput<T>): ObservableInput<T> =>
  input instanceof Promise
    ? new Observable<T>((value$) => {
        input.then(
          (value) => {
            value$.next(value)
            value$.complete()
          },
          (error) => value$.error(error),
        )
      })
    : input
