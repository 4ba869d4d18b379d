import { Subject } from './Subject.ts'
import type { Subscriber } from './Subscriber.ts'
import type { Teardown } from './Subscription.ts'

/** Stands in for `BehaviorSubject`. Left out: `getValue()`, and that `value` throws after an error. */
export class BehaviorSubject<T> extends Subject<T> {
  declare value: T

  constructor(value: T) {
    super()
    this.value = value
  }

  override _subscribe(subscriber: Subscriber<T>): Teardown {
    const teardown = super._subscribe(subscriber)
    subscriber.next(this.value)
    return teardown
  }

  override next(value: T): void {
    this.value = value
    super.next(value)
  }
}
