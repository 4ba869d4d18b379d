import {
  connect,
  defaultIfEmpty,
  defer,
  filter,
  finalize,
  type MonoTypeOperatorFunction,
  mergeMap,
  NEVER,
  type Observable,
  takeUntil,
} from 'rxjs'
import { completionOf } from '../rx/completionOf.ts'
import { drain } from '../rx/drain.ts'
import { merge } from '../rx/merge.ts'

/**
 * Holds all values back until `open$` emits, then lets them go in their order, and passes on each later value at once. A
 * value that comes while the held ones are let go waits behind them. If the source completes before, they are let go. Where
 * the browser ends the script in the midst of that, the rest goes when `open$` emits again.
 */
export const holdUntil =
  <T>(open$: Observable<unknown>): MonoTypeOperatorFunction<T> =>
  (value$) =>
    defer(() => {
      const held: T[] = []
      let isOpen = false
      const opened = () => {
        isOpen = true
      }
      const letGo = () => drain(held).pipe(finalize(opened))
      return value$.pipe(
        connect((value$) =>
          merge(
            value$.pipe(filter((value) => isOpen || !held.push(value))),
            // no `concatMap`: what the browser has ended would keep the rest waiting for ever
            merge(open$, NEVER).pipe(takeUntil(completionOf(value$)), defaultIfEmpty(0), mergeMap(letGo)),
          ),
        ),
      )
    })
