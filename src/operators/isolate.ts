import { catchError, defer, EMPTY, type Observable } from 'rxjs'

/** Starts a part of the pipeline so that its failure, at the start or later, ends it alone and is told to `failed`. */
export const isolate = <T>(start: () => Observable<T>, failed: (error: unknown) => void): Observable<T> =>
  defer(start).pipe(
    catchError((error) => {
      failed(error)
      return EMPTY
    }),
  )
