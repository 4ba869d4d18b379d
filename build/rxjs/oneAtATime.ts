import { from, type Input } from './from.ts'
import type { Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subscriber } from './Subscriber.ts'

/** One inner observable at a time: the one that runs, or else the one that comes. */
const oneAtATime =
  (isLoyal: boolean) =>
  <T, R>(project: (value: T, index: number) => Input<R>): Operator<T, R> =>
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
            if (isLoyal && inner) return
            inner?.unsubscribe()
            const next = new Subscriber<R>(to, undefined, () => {
              inner = undefined
              endIfDone()
            })
            inner = next
            from(project(value, index++)).subscribe(next)
          },
          () => {
            isEnded = true
            endIfDone()
          },
        ),
      )
    })

/** Stands in for `exhaustMap`. Left out: a selector of results. */
export const exhaustMap = oneAtATime(true)

/** Stands in for `switchMap`. Left out: a selector of results; and a value that `project` itself causes takes over. */
export const switchMap = oneAtATime(false)
