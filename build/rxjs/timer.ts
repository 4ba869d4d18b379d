import { now, startTicking, stopTicking } from './clock.ts'
import { Observable } from './Observable.ts'
import { take } from './take.ts'

/** Stands in for `asyncScheduler`, of which only the time is told. */
export const asyncScheduler = { now }

/** Stands in for `interval`. Like the original it keeps one timer going, so that it does not drift. */
export const interval = (rate: number): Observable<number> =>
  new Observable((subscriber) => {
    let count = 0
    const ticking = startTicking(() => subscriber.next(count++), rate)
    return () => stopTicking(ticking)
  })

/** Stands in for `timer`. Left out: a date, and a period: that is an `interval`. */
export const timer = (due: number): Observable<number> => interval(due).pipe(take(1))
