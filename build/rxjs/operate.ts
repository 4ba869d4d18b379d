import { Observable, type Operator } from './Observable.ts'
import type { Subscriber } from './Subscriber.ts'
import type { Teardown } from './Subscription.ts'

/** Stands in for `operate` and `lift`: makes an operator of what is to happen when its result is subscribed to. */
export const operate =
  <T, R>(start: (source: Observable<T>, to: Subscriber<R>) => Teardown): Operator<T, R> =>
  (source) =>
    new Observable((to) => start(source, to))
