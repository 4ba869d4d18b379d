import { from, type Input, of } from './from.ts'
import type { Observable, Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subscriber } from './Subscriber.ts'

/**
 * Stands in for `mergeMap`. Left out: a selector of results. An inner teardown that throws is an error here; the original
 * would never end.
 */
export const mergeMap = <T, R>(project: (value: T, index: number) => Input<R>, concurrent?: number): Operator<T, R> =>
  operate((source, to) => {
    const waiting: T[] = []
    let index = 0
    let running = 0
    let isEnded = false
    const start = (value: T) => {
      running++
      const input = from(project(value, index++))
      const inner = new Subscriber<R>(to, undefined, () => {
        // what the inner one holds is released before another one starts
        inner.unsubscribe()
        running--
        if (waiting.length) start(waiting.shift() as T)
        endIfDone()
      })
      input.subscribe(inner)
    }
    const endIfDone = () => {
      if (isEnded && !running) to.complete()
    }
    source.subscribe(
      new Subscriber(
        to,
        (value) => (running >= (concurrent as number) ? waiting.push(value) : start(value)),
        () => {
          isEnded = true
          endIfDone()
        },
      ),
    )
  })

/** Stands in for `concatMap`. Left out: a selector of results. */
export const concatMap = <T, R>(project: (value: T, index: number) => Input<R>): Operator<T, R> => mergeMap(project, 1)

/** Stands in for `identity`. */
export const identity = <T>(value: T): T => value

/**
 * Stands in for `merge`. Left out: the number of those that may run at the same time; and a single one is no exception,
 * so that it, too, is released before the completion is told.
 */
export const merge = <T>(...sources: Input<T>[]): Observable<T> => mergeMap<Input<T>, T>(identity)(from(sources))

const concat = <T>(...sources: Input<T>[]): Observable<T> => concatMap<Input<T>, T>(identity)(from(sources))

/** Stands in for `startWith`. */
export const startWith =
  <T>(...values: T[]): Operator<T, T> =>
  (source) =>
    concat(of(...values), source)

/** Stands in for `endWith`. */
export const endWith =
  <T>(...values: T[]): Operator<T, T> =>
  (source) =>
    concat(source, of(...values))
