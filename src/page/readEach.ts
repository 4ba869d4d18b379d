import { filter, map, type OperatorFunction, pipe } from 'rxjs'
import { tryOr } from '../payload/tryOr.ts'

/**
 * What `read` makes of each value, without those of which it makes nothing. One that can't be read is left out alone: a page may
 * have given it a getter that throws, or put something else in the place of what it says, and the next one tells as ever.
 */
export const readEach = <T, R>(read: (value: T) => R | undefined): OperatorFunction<T, R> =>
  pipe(
    map((value: T) => tryOr(() => read(value), undefined)),
    filter((result) => result !== undefined),
  )
