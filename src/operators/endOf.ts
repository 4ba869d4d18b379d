import { endWith, ignoreElements, type Observable } from 'rxjs'

/** Emits once, when the values have come to their end; an error is passed on. */
export const endOf = (value$: Observable<unknown>): Observable<number> => value$.pipe(ignoreElements(), endWith(0))
