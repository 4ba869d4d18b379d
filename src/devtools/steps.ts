import { filter, Observable, type Observer, type Subscription } from 'rxjs'
import type { Step, StepOf, StepTypes } from './step.ts'

/** The debug stream as one wants it in DevTools: it can be narrowed without RxJS. */
export interface Steps<Known extends Step = Step> extends Observable<Known> {
  /** The steps of these types only, the remembered ones included: `debug$.filter('send', 'sent')`. */
  filter<Type extends keyof StepTypes>(...types: Type[]): Steps<StepOf<Type> & Step>
}

type Listener = Partial<Observer<Step>> | ((step: Step) => void) | null

/** Makes a debug stream of a stream of steps. What a listener throws goes to `warn`; the page hears nothing of it. */
export const steps = (step$: Observable<Step>, warn: (error: unknown) => void): Steps =>
  Object.assign(new Observable<Step>(), {
    subscribe: (listener?: Listener): Subscription => step$.subscribe(guarded(listener, warn)),
    filter: (...types: Step['type'][]) => steps(step$.pipe(filter(({ type }) => types.includes(type))), warn),
  }) as unknown as Steps

const guarded = (listener: Listener | undefined, warn: (error: unknown) => void): Partial<Observer<Step>> => {
  const observer = typeof listener === 'function' ? { next: listener } : (listener ?? {})
  // an operator hands on what it hears
  if ('unsubscribe' in observer) return observer
  const safely = (name: keyof Observer<Step>) => (value?: unknown) => {
    try {
      if (observer[name]) observer[name](value as never)
      else if (name === 'error') warn(value)
    } catch (error) {
      warn(error)
    }
  }
  return { next: safely('next'), error: safely('error'), complete: safely('complete') }
}
