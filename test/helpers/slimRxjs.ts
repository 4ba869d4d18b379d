/**
 * RxJS for the tests of the `slim` project: what `src` imports is that of `build/rxjs`, what only tests need (and the
 * scheduler that they make timers with) is the original's.
 */

export {
  BehaviorSubject,
  buffer,
  catchError,
  concatMap,
  config,
  connect,
  defer,
  distinctUntilChanged,
  EMPTY,
  endWith,
  exhaustMap,
  filter,
  finalize,
  from,
  identity,
  ignoreElements,
  interval,
  map,
  merge,
  mergeMap,
  NEVER,
  Observable,
  of,
  Subject,
  scan,
  skip,
  startWith,
  switchMap,
  take,
  takeUntil,
  takeWhile,
  timer,
} from '../../build/rxjs/index.ts'
export {
  asyncScheduler,
  bufferTime,
  concat,
  last,
  lastValueFrom,
  pipe,
  tap,
  throwError,
} from '../../node_modules/rxjs/dist/esm/index.js'
