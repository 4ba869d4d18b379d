import { Subscription, type Teardown } from './Subscription.ts'

/** Who listens. */
export interface Observer<T> {
  next(value: T): void
  error(error: unknown): void
  complete(): void
}

/** Where a subscriber hands on to: another one, or a consumer that only wants to know what went wrong. */
type Destination<T> = Partial<Observer<T>> & Pick<Observer<T>, 'error'> & { add?(teardown: Teardown): void }

/**
 * Stands in for `Subscriber`, `SafeSubscriber` and `OperatorSubscriber`. It hands on to its destination, which ends it
 * when it ends, but for what the given functions do instead; if one of those throws, the destination is told. Nothing
 * comes after the end, and the end releases everything. Left out: `onStoppedNotification`.
 */
export class Subscriber<T, R = unknown> extends Subscription implements Observer<T> {
  _isStopped = false
  declare _to: Destination<R>
  declare _own: { next?: (value: T) => void; complete?: () => void; error?: (error: unknown) => void }

  constructor(to: Destination<R>, next?: (value: T) => void, complete?: () => void, error?: (error: unknown) => void) {
    super()
    this._to = to
    this._own = { next, complete, error }
    to.add?.(this)
  }

  next(value: T): void {
    this._step('next', value)
  }

  error(error: unknown): void {
    this._step('error', error)
  }

  complete(): void {
    this._step('complete')
  }

  _step(kind: keyof Observer<T>, value?: unknown): void {
    if (this._isStopped || this.closed) return
    const own = this._own[kind]
    this._isStopped = kind !== 'next'
    try {
      if (own) own(value as T)
      else this._to[kind]?.(value as R)
    } catch (error) {
      // what is thrown behind a destination is not for that destination
      if (!own) throw error
      this._to.error(error)
    } finally {
      if (this._isStopped) this.unsubscribe()
    }
  }
}
