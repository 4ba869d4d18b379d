import { from, type Input } from './from.ts'
import type { Observable, Operator } from './Observable.ts'
import { operate } from './operate.ts'
import { Subject } from './Subject.ts'

/** Stands in for `connect`. Left out: another connector than a subject, and hiding that it is one. */
export const connect = <T, R>(use: (shared$: Observable<T>) => Input<R>): Operator<T, R> =>
  operate((source, to) => {
    const shared$ = new Subject<T>()
    from(use(shared$)).subscribe(to)
    to.add(source.subscribe(shared$))
  })
