import { Subscription, type Teardown } from './Subscription.ts'

/** Who listens. */
export interface Observer<T> {
  next(value: T): void
  error(error: unknown): void
  complete(): void
}

/** Who listens, until it is over. */
export type Subscriber<T> = Observer<T> & Subscription

/** Where a subscriber hands on to: another one, or a consumer that only wants to know what went wrong. */
type Destination<T> = Partial<Observer<T>> & Pick<Observer<T>, 'error'> & { add?(teardown: Teardown): void }

/**
 * Stands in for `Subscriber`, `SafeSubscriber` and `OperatorSubscriber`. It hands on to its destination, which ends it
 * when it ends, but for what the given functions do instead; if one of those throws, the destination is told. Nothing
 * comes after the end, and the end releases everything. Left out: `onStoppedNotification`.
 */
export const subscriber = <T, R = T>(
  to: Destination<R>,
  next?: (value: T) => void,
  complete?: () => void,
  error?: (error: unknown) => void,
): Subscriber<T> => {
  const self = new Subscription()
  let isStopped = false
  const step =
    <V>(kind: keyof Observer<R>, own?: (value: V) => void) =>
    (value?: unknown) => {
      if (isStopped || self.closed) return
      isStopped = kind !== 'next'
      try {
        if (own) own(value as V)
        else to[kind]?.(value as R)
      } catch (error) {
        // what is thrown behind a destination is not for that destination
        if (!own) throw error
        to.error(error)
      } finally {
        if (kind !== 'next') self.unsubscribe()
      }
    }
  to.add?.(self)
  return Object.assign(self, {
    next: step('next', next),
    error: step('error', error),
    complete: step('complete', complete),
  })
}
