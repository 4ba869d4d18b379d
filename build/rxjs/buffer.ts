import { from, type Input } from './from.ts'
import type { Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subscriber } from './Subscriber.ts'

/** Stands in for `buffer`. */
export const buffer = <T>(close: Input<unknown>): Operator<T, T[]> =>
  operate((source, to) => {
    let held: T[] = []
    const handOn = () => {
      const full = held
      held = []
      to.next(full)
    }
    source.subscribe(
      new Subscriber<T, T[]>(
        to,
        (value) => held.push(value),
        () => {
          to.next(held)
          to.complete()
        },
      ),
    )
    from(close).subscribe(new Subscriber(to, handOn, () => {}))
  })
