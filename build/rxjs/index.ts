/**
 * RxJS as the drop-in script has it: what `src` imports, by hand, in a third of the bytes (`NEVER` is exported for its
 * tests). Each file says what it stands in for and what it leaves out; what it keeps it keeps to the letter, order of
 * release and re-entrancy included. `test/rxjs` compares the two, and the `slim` project of the tests runs ours on this
 * one.
 */
export { BehaviorSubject } from './BehaviorSubject.ts'
export { buffer } from './buffer.ts'
export { catchError } from './catchError.ts'
export { config } from './config.ts'
export { connect } from './connect.ts'
export { distinctUntilChanged, filter, ignoreElements, map, scan, skip } from './each.ts'
export { finalize } from './finalize.ts'
export { defer, EMPTY, from, NEVER, of } from './from.ts'
export { concatMap, endWith, identity, merge, mergeMap, startWith } from './mergeMap.ts'
export { Observable } from './Observable.ts'
export { exhaustMap, switchMap } from './oneAtATime.ts'
export { Subject } from './Subject.ts'
export { take, takeUntil, takeWhile } from './take.ts'
export { asyncScheduler, interval, timer } from './timer.ts'
