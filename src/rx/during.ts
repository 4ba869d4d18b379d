import { defer, finalize, type MonoTypeOperatorFunction, mergeMap } from 'rxjs'

/**
 * Passes values on, `begin` before and `end` after all that is done with each in the same breath. A script that the browser ends
 * in between does not come to `end`.
 */
export const during = <T>(begin: (value: T) => void, end: (value: T) => void): MonoTypeOperatorFunction<T> =>
  mergeMap((value) =>
    defer(() => {
      begin(value)
      return [value]
    }).pipe(finalize(() => end(value))),
  )
