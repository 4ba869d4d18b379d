import { report } from './config.ts'
import { type Observer, Subscriber } from './Subscriber.ts'
import type { Subscription, Teardown } from './Subscription.ts'

export type Operator<T, R> = (source: Observable<T>) => Observable<R>

type Listener<T> = Partial<Observer<T>> | Subscriber<T> | ((value: T) => void)

/**
 * Stands in for `Observable`. An observer may be partial, or a function; what it throws is reported, and
 * stops nothing. A subscriber of another copy of RxJS is taken as it is, and so are operators of one (`lift`). Left
 * out: further functions for `subscribe`, `forEach`, `toPromise`, `create`.
 */
export class Observable<T> {
  constructor(subscribe?: (subscriber: Subscriber<T>) => Teardown) {
    if (subscribe) this._subscribe = subscribe
  }

  _subscribe(_subscriber: Subscriber<T>): Teardown {}

  subscribe(listener?: Listener<T>): Subscription {
    const subscriber = subscriberOf(listener)
    let teardown: Teardown
    try {
      teardown = this._subscribe(subscriber)
    } catch (error) {
      subscriber.error(error)
    }
    subscriber.add(teardown)
    return subscriber
  }

  // biome-ignore lint/suspicious/noExplicitAny: as many types as there are steps
  pipe(...steps: ((value: any) => any)[]): any {
    return steps.reduce((value, step) => step(value), this)
  }

  lift<R>(operator: { call(subscriber: Subscriber<R>, source: Observable<T>): Teardown }): Observable<R> {
    return new Observable((subscriber) => operator.call(subscriber, this))
  }

  [(Symbol as { observable?: symbol }).observable ?? '@@observable'](): this {
    return this
  }
}

const subscriberOf = <T>(listener?: Listener<T>): Subscriber<T> => {
  if ((listener as Subscriber<T> | undefined)?.add) return listener as Subscriber<T>
  const observer: Partial<Observer<T>> = typeof listener === 'object' ? listener : { next: listener }
  return new Subscriber<T>(
    { error: report },
    (value) => observer.next?.(value),
    () => observer.complete?.(),
    (error) => (observer.error ? observer.error(error) : report(error)),
  )
}
