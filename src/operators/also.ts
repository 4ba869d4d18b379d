import { type MonoTypeOperatorFunction, map } from 'rxjs'

/** Does something with each value that passes, and changes nothing: RxJS's `tap` without all the rest of it. */
export const also = <T>(effect: (value: T) => void): MonoTypeOperatorFunction<T> =>
  map((value) => {
    effect(value)
    return value
  })
