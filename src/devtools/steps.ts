import { filter, Observable, type Observer, type Subscription } from 'rxjs'
import type { Step } from './step.ts'

/** The debug stream as one wants it in DevTools: it can be narrowed without RxJS. */
export interface Steps extends Observable<Step>, AsyncIterable<Step> {
  /** The steps of these types only, the remembered ones included: `debug$.filter('send', 'sent')`. */
  filter(...types: string[]): Steps
}

declare const __TOOLS__: boolean

type Listener = Partial<Observer<Step>> | ((step: Step) => void) | null

/**
 * Makes a debug stream of a stream of steps. What a listener throws is told to `complain`; the page hears nothing of it.
 */
export const steps = (step$: Observable<Step>, complain: (error: unknown) => void): Steps => {
  const narrow = {
    filter: (...types: string[]) => steps(step$.pipe(filter(({ type }) => types.includes(type))), complain),
  }
  // in the script, RxJS itself is ours, and tells us
  if (!__TOOLS__) return Object.assign(step$, narrow) as Steps
  return Object.assign(new Observable<Step>(), narrow, { subscribe: guarded(step$, complain) }) as unknown as Steps
}

const guarded =
  (step$: Observable<Step>, complain: (error: unknown) => void) =>
  (listener?: Listener): Subscription => {
    // an operator, which hands on what it hears
    if (listener && 'add' in listener && 'unsubscribe' in listener) return step$.subscribe(listener)
    const observer: Partial<Observer<Step>> | null | undefined =
      typeof listener === 'function' ? { next: listener } : listener
    const safely = (tell: () => void) => {
      try {
        tell()
      } catch (error) {
        complain(error)
      }
    }
    return step$.subscribe({
      next: (step) => safely(() => observer?.next?.(step)),
      error: (error) => safely(() => (observer?.error ? observer.error(error) : complain(error))),
      complete: () => safely(() => observer?.complete?.()),
    })
  }
