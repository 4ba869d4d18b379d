import { connect, defer, filter, finalize, type MonoTypeOperatorFunction, mergeMap, type Observable, take } from 'rxjs'
import { endOf } from '../page/endOf.ts'
import { together } from '../page/together.ts'

/**
 * Holds all values back until `open$` emits, then lets them go in their order, and passes on each later value at once. A
 * value that comes while the held ones are let go waits behind them. If the source completes before, they are let go.
 */
export const holdUntil =
  <T>(open$: Observable<unknown>): MonoTypeOperatorFunction<T> =>
  (value$) =>
    defer(() => {
      const held: T[] = []
      let isOpen = false
      // what comes meanwhile is put behind the last one, before RxJS has come to it
      const letGo = () => held
      const opened = () => {
        isOpen = true
        held.length = 0
      }
      // no `concatMap`: Firefox may end a script in the midst of a value when it closes a tab, and the next one would wait for ever
      return value$.pipe(
        connect((value$) =>
          together(
            value$.pipe(filter((value) => isOpen || !held.push(value))),
            together(open$, endOf(value$)).pipe(take(1), mergeMap(letGo), finalize(opened)),
          ),
        ),
      )
    })
