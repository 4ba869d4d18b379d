import { defer, filter, map, type OperatorFunction } from 'rxjs'

/** A value that is not worked out before somebody asks for it: when its sample closes, or is stored. */
export type Late<T> = () => T

/** Makes one late value of any number of changes: emits at the first one, and not again until somebody asks for that value. */
export const lateOnce =
  <T>(valueNow: () => T): OperatorFunction<unknown, Late<T>> =>
  (change$) =>
    defer(() => {
      let isWaiting = false
      const late = () => {
        isWaiting = false
        return valueNow()
      }
      return change$.pipe(
        filter(() => !isWaiting),
        map(() => {
          isWaiting = true
          return late
        }),
      )
    })
