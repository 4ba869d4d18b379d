import type { Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subscriber } from './Subscriber.ts'

/** Stands in for `map`. Left out: `thisArg`. */
export const map = <T, R>(project: (value: T, index: number) => R): Operator<T, R> =>
  operate((source, to) => {
    let index = 0
    source.subscribe(new Subscriber(to, (value) => to.next(project(value, index++))))
  })

/** Stands in for `filter`. Left out: `thisArg`. */
export const filter = <T>(passes: (value: T, index: number) => unknown): Operator<T, T> =>
  operate((source, to) => {
    let index = 0
    source.subscribe(
      new Subscriber(to, (value) => {
        if (passes(value, index++)) to.next(value)
      }),
    )
  })

/** Stands in for `skip`. */
export const skip = <T>(count: number): Operator<T, T> => filter((_, index) => index >= count)

/** Stands in for `ignoreElements`. */
export const ignoreElements = (): Operator<unknown, never> => filter(() => false) as Operator<unknown, never>

/** Stands in for `scan`. Without a seed, the first value is the first state, and passes as it is. */
export const scan = <T, S>(accumulate: (state: S, value: T, index: number) => S, ...seed: [S?]): Operator<T, S> =>
  operate((source, to) => {
    let [state] = seed
    let hasState = seed.length
    let index = 0
    source.subscribe(
      new Subscriber(to, (value) => {
        state = hasState++ ? accumulate(state as S, value, index) : (value as unknown as S)
        index++
        to.next(state)
      }),
    )
  })

/** Stands in for `distinctUntilChanged`. Left out: a selector of the key. */
export const distinctUntilChanged = <T>(
  isSame: (told: T, now: T) => boolean = (told, now) => told === now,
): Operator<T, T> =>
  operate((source, to) => {
    let told: [T] | undefined
    source.subscribe(
      new Subscriber(to, (now) => {
        if (told && isSame(told[0], now)) return
        told = [now]
        to.next(now)
      }),
    )
  })
