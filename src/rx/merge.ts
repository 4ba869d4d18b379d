import { defer, mergeAll, type Observable, type ObservableInput, type ObservedValueOf } from 'rxjs'

/**
 * All values of all these, side by side: RxJS's `merge` without the schedulers that it can take, which are half a kilobyte
 * of the script. An array stands for its items.
 */
export const merge = <Inputs extends readonly ObservableInput<unknown>[]>(
  ...inputs: Inputs
): Observable<ObservedValueOf<Inputs[number]>> =>
  defer(() => inputs as unknown as ObservableInput<ObservedValueOf<Inputs[number]>>[]).pipe(mergeAll())
