import { defaultIfEmpty, ignoreElements, type Observable } from 'rxjs'

/** Emits once, when the source completes; fails if it fails. */
export const completionOf = (source$: Observable<unknown>): Observable<unknown> =>
  source$.pipe(ignoreElements(), defaultIfEmpty(0))
