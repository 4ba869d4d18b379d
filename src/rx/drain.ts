import { Observable } from 'rxjs'

/** The items of a list, each taken out as it is emitted: what a script that is ended has not come to is still there. */
export const drain = <T>(list: T[]): Observable<T> =>
  // no generator: RxJS takes it for a list in a page that has a `length` on Object.prototype
  new Observable((item$) => {
    while (list.length > 0 && !item$.closed) item$.next(list.shift() as T)
    item$.complete()
  })
