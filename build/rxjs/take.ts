import { from, type Input } from './from.ts'
import type { Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subscriber } from './Subscriber.ts'

/** Stands in for `take`. Left out: a count of 0. */
export const take = <T>(count: number): Operator<T, T> =>
  operate((source, to) => {
    let seen = 0
    source.subscribe(
      new Subscriber(to, (value) => {
        if (++seen <= count) to.next(value)
        if (seen >= count) to.complete()
      }),
    )
  })

/** Stands in for `takeWhile`. */
export const takeWhile = <T>(goesOn: (value: T, index: number) => unknown, inclusive = false): Operator<T, T> =>
  operate((source, to) => {
    let index = 0
    source.subscribe(
      new Subscriber(to, (value) => {
        const isLast = !goesOn(value, index++)
        if (!isLast || inclusive) to.next(value)
        if (isLast) to.complete()
      }),
    )
  })

/** Stands in for `takeUntil`. */
export const takeUntil = <T>(stop: Input<unknown>): Operator<T, T> =>
  operate((source, to) => {
    from(stop).subscribe(
      new Subscriber(
        to,
        () => to.complete(),
        () => {},
      ),
    )
    if (!to.closed) source.subscribe(to)
  })
