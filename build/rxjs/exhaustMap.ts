import { from, type Input } from './from.ts'
import type { Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subscriber } from './Subscriber.ts'

/** Stands in for `exhaustMap`. Left out: a selector of results. */
export const exhaustMap = <T, R>(project: (value: T, index: number) => Input<R>): Operator<T, R> =>
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
          if (inner) return
          inner = new Subscriber(to, undefined, () => {
            inner = undefined
            endIfDone()
          })
          from(project(value, index++)).subscribe(inner)
        },
        () => {
          isEnded = true
          endIfDone()
        },
      ),
    )
  })
