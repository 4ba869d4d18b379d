/** What gives back what was taken: a function, or something to unsubscribe from. */
// biome-ignore lint/suspicious/noConfusingVoidType: also what a function returns that returns nothing
export type Teardown = (() => void) | Unsubscribable | undefined | void

export interface Unsubscribable {
  unsubscribe(): void
  add?(teardown: Teardown): void
}

/**
 * Stands in for `Subscription`. What is added is released once, in the order in which it was added, or at once where
 * that is over; a failure does not keep the rest from being released. A child that ends leaves its parent. Left out: an
 * initial teardown, `EMPTY`, and `UnsubscriptionError`: the last failure itself is
 * thrown.
 */
export class Subscription implements Unsubscribable {
  closed = false
  /** Replaced, never changed: a release may remove another one. */
  _teardowns: Teardown[] = []

  add(teardown: Teardown): void {
    if (!teardown) return
    if (this.closed) release(teardown)
    else {
      this._teardowns = [...this._teardowns, teardown]
      ;(teardown as Unsubscribable).add?.(() => this.remove(teardown))
    }
  }

  remove(teardown: Teardown): void {
    this._teardowns = this._teardowns.filter((other) => other !== teardown)
  }

  unsubscribe(): void {
    if (this.closed) return
    this.closed = true
    let failure: { error: unknown } | undefined
    for (const teardown of this._teardowns) {
      try {
        release(teardown)
      } catch (error) {
        failure = { error }
      }
    }
    if (failure) throw failure.error
  }
}

const release = (teardown: Teardown) => (typeof teardown === 'function' ? teardown() : teardown?.unsubscribe())
