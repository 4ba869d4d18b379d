import type { Subscription } from 'rxjs'
import type { Step } from './step.ts'
import type { Steps } from './steps.ts'

/**
 * Lets one loop over a debug stream, and over what it is narrowed to: `for await (const step of debug$)` gets the
 * remembered steps first, ends with the collector, and lets go when the loop is left.
 */
export const loopable = (step$: Steps): Steps => {
  const narrow = step$.filter
  return Object.assign(step$, {
    filter: (...types: string[]) => loopable(narrow(...types)),
    [Symbol.asyncIterator]: () => loop(step$),
  })
}

const loop = (step$: Steps): AsyncIterator<Step> => {
  let listening: Subscription
  const queue = new ReadableStream<Step>({
    start: (queue) => {
      listening = step$.subscribe({ next: (step) => queue.enqueue(step), complete: () => queue.close() })
    },
    cancel: () => listening.unsubscribe(),
  })
  // not the stream's own iterator, which Safari does not have
  const reader = queue.getReader()
  return {
    next: () => reader.read() as Promise<IteratorResult<Step>>,
    return: async () => {
      await reader.cancel()
      return { done: true, value: undefined }
    },
  }
}
