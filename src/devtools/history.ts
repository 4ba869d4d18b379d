import { defer, type Observable, Subject } from 'rxjs'
import { merge } from '../rx/merge.ts'
import type { Step } from './step.ts'

/** A debug stream that a late subscriber gets with the last `most` steps first. */
export const history = (most: number) => {
  const past: Step[] = []
  const live$ = new Subject<Step>()
  return {
    isObserved: () => live$.observed,
    /** Emits a step, and remembers it, or `remembered` in its place. */
    add: (step: Step, remembered = step): void => {
      past.push(remembered)
      if (past.length > most) past.shift()
      live$.next(step)
    },
    complete: () => live$.complete(),
    step$: defer(() => merge(live$, [...past])) as Observable<Step>,
  }
}
