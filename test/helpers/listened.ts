import { defer, finalize, type Observable } from 'rxjs'

/** The same values, and how many listen to them right now: of a subject, the RxJS of the script does not tell. */
export const listened = <T>(source$: Observable<T>) => {
  let count = 0
  const value$ = defer(() => {
    count++
    return source$.pipe(finalize(() => count--))
  })
  return { value$, listeners: () => count }
}
