import { report } from './config.ts'
import { Observable } from './Observable.ts'

/** What can be subscribed to: an observable, of this or another copy of RxJS, a promise, or anything to iterate over. */
export type Input<T> = Observable<T> | PromiseLike<T> | Iterable<T>

/**
 * Stands in for `from` and `innerFrom`. Left out: schedulers, `Symbol.observable`, async iterables, streams, array-likes
 * that can't be iterated over; what is no input at all fails when it is subscribed to, not before.
 */
export const from = <T>(input: Input<T>): Observable<T> => {
  if ((input as Observable<T>).subscribe) return input as Observable<T>
  return new Observable((subscriber) => {
    // in this order: old libraries have put a `then` on all objects
    if (!(Symbol.iterator in input)) {
      ;(input as PromiseLike<T>)
        .then(
          (value) => {
            subscriber.next(value)
            subscriber.complete()
          },
          (error) => subscriber.error(error),
        )
        .then(null, report)
    } else {
      for (const value of input as Iterable<T>) {
        if (subscriber.closed) return
        subscriber.next(value)
      }
      subscriber.complete()
    }
  })
}

/** Stands in for `of`. Left out: a scheduler as the last argument. */
export const of = <T>(...values: T[]): Observable<T> => from(values)

/** Stands in for `defer`. */
export const defer = <T>(make: () => Input<T>): Observable<T> =>
  new Observable((subscriber) => {
    from(make()).subscribe(subscriber)
  })

/** Stands in for `EMPTY`. */
export const EMPTY: Observable<never> = new Observable((subscriber) => subscriber.complete())

/** Stands in for `NEVER`. */
export const NEVER: Observable<never> = /* @__PURE__ */ new Observable()
