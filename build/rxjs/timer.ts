import { every, now } from './clock.ts'
import { Observable } from './Observable.ts'
import { take } from './take.ts'

/** Stands in for `asyncScheduler`, of which only the time is told. */
export const asyncScheduler = { now }

/** Stands in for `interval`. Like the original it keeps one timer going, so that it does not drift. */
export const interval = (rate: number): Observable<number> =>
  new Observable((subscriber) => {
    let count = 0
    return every(rate, () => subscriber.next(count++))
  })

/** Stands in for `timer`: once, or every so often. Left out: a date, and another gap after the first one. */
export const timer = <Due extends number>(due: Due, period?: Due): Observable<number> =>
  period === undefined ? interval(due).pipe(take(1)) : interval(due)
