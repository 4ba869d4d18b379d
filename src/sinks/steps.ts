import { filter, Observable, type Observer, type Subscription } from 'rxjs'
import type { Step } from './step.ts'

type Listener = Partial<Observer<Step>> | ((step: Step) => void) | null

/**
 * The debug stream as one wants it in DevTools: steps that can be narrowed by type and looped over without RxJS. What a
 * listener throws is told to `complain`; the page hears nothing of it.
 */
export class Steps extends Observable<Step> {
  constructor(
    private readonly step$: Observable<Step>,
    private readonly complain: (error: unknown) => void,
  ) {
    super((listener) => step$.subscribe(listener))
  }

  /** The steps of these types only, the remembered ones included: `debug$.filter('send', 'sent')`. */
  filter(...types: string[]): Steps {
    return new Steps(this.step$.pipe(filter(({ type }) => types.includes(type))), this.complain)
  }

  override subscribe(listener?: Listener): Subscription {
    if (listener && 'add' in listener) return super.subscribe(listener)
    const observer = typeof listener === 'function' ? { next: listener } : listener
    const next = (step: Step) => {
      try {
        observer?.next?.(step)
      } catch (error) {
        this.complain(error)
      }
    }
    return super.subscribe({ ...observer, next })
  }

  /** `for await (const step of debug$)`: the remembered steps first; ends with the collector. */
  [Symbol.asyncIterator](): AsyncIterator<Step> {
    let listening: Subscription
    const steps = new ReadableStream<Step>({
      start: (queue) => {
        listening = this.subscribe({ next: (step) => queue.enqueue(step), complete: () => queue.close() })
      },
      cancel: () => listening.unsubscribe(),
    })
    return (steps as ReadableStream & AsyncIterable<Step>)[Symbol.asyncIterator]()
  }
}
