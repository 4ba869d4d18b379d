import { Observable } from './Observable.ts'
import type { Observer, Subscriber } from './Subscriber.ts'
import type { Teardown } from './Subscription.ts'

/**
 * Stands in for `Subject`. Who subscribes while a value is handed round does not get it; who comes after the end gets
 * the end. Left out: `closed`, `unsubscribe`, `observed`, `asObservable`.
 */
export class Subject<T> extends Observable<T> implements Observer<T> {
  /** Replaced, never changed: who is handing round a value goes on with those that were there. */
  _observers: Subscriber<T>[] = []
  declare _end: ((observer: Subscriber<T>) => void) | undefined

  override _subscribe(subscriber: Subscriber<T>): Teardown {
    if (this._end) return this._end(subscriber)
    this._observers = [...this._observers, subscriber]
    return () => {
      this._observers = this._observers.filter((other) => other !== subscriber)
    }
  }

  next(value: T): void {
    for (const observer of this._observers) observer.next(value)
  }

  error(error: unknown): void {
    this._stop((observer) => observer.error(error))
  }

  complete(): void {
    this._stop((observer) => observer.complete())
  }

  _stop(end: (observer: Subscriber<T>) => void): void {
    if (this._end) return
    this._end = end
    const observers = this._observers
    this._observers = []
    observers.forEach(end)
  }
}
