import { from, type Input } from './from.ts'
import type { Observable, Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subscriber } from './Subscriber.ts'

/** Stands in for `catchError`. What has failed is released before what comes instead starts. */
export const catchError = <T, R>(
  instead: (error: unknown, caught: Observable<T | R>) => Input<R>,
): Operator<T, T | R> => {
  const operator: Operator<T, T | R> = operate((source, to) => {
    let isStarting = true
    let rest: Observable<T | R> | undefined
    const goOn = () => {
      inner.unsubscribe()
      rest?.subscribe(to)
    }
    const inner = new Subscriber<T>(to, undefined, undefined, (error) => {
      rest = from(instead(error, operator(source)))
      if (!isStarting) goOn()
    })
    source.subscribe(inner)
    isStarting = false
    if (rest) goOn()
  })
  return operator
}
