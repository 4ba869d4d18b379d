import { from, type Input } from './from.ts'
import type { Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subscriber } from './Subscriber.ts'

/** Stands in for `switchMap`. Left out: a selector of results. */
export const switchMap = <T, R>(project: (value: T, index: number) => Input<R>): Operator<T, R> =>
  operate((source, to) => {
    let inner: Subscriber<R> | undefined
    let index = 0
    let isEnded = false
    const endIfDone = () => {
      if (isEnded && !inner) to.complete()
    }
    source.subscribe(
      new Subscriber(
        to,
        (value) => {
          inner?.unsubscribe()
          const input = from(project(value, index++))
          inner = new Subscriber(to, undefined, () => {
            inner = undefined
            endIfDone()
          })
          input.subscribe(inner)
        },
        () => {
          isEnded = true
          endIfDone()
        },
      ),
    )
  })
