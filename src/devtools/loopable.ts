import type { Subscription } from 'rxjs'
import type { Step, StepOf, StepTypes } from './step.ts'
import type { Steps } from './steps.ts'

/** Steps that wait for a loop: as many as a debug stream remembers at most, so that none of the past is missing. */
const mostSteps = 1e4

/** A debug stream over which one can loop. */
export interface LoopableSteps<Known extends Step = Step> extends Steps<Known>, AsyncIterable<Known> {
  filter<Type extends keyof StepTypes>(...types: Type[]): LoopableSteps<StepOf<Type> & Step>
}

/**
 * Lets one loop over a debug stream, and over what it is narrowed to: `for await (const step of debug$)` gets the
 * remembered steps first, ends with the collector, and unsubscribes when the loop is left. If a loop is slow, or was given
 * up without an end, 10,000 steps wait for it; a step `missed` says how many were left out behind them.
 */
export const loopable = (step$: Steps): LoopableSteps => {
  const narrow = step$.filter
  return Object.assign(step$, {
    filter: (...types: Step['type'][]) => loopable(narrow(...types)),
    [Symbol.asyncIterator]: () => loop(step$),
  }) as LoopableSteps
}

const loop = (step$: Steps): AsyncIterator<Step> => {
  let listening: Subscription
  let missed: StepOf<'missed'> | undefined
  const tell = (queue: ReadableStreamDefaultController<Step>) => {
    if (missed) queue.enqueue(missed)
    missed = undefined
  }
  const queue = new ReadableStream<Step>(
    {
      start: (queue) => {
        const next = (step: Step) => {
          if (Number(queue.desiredSize) > 0) {
            tell(queue)
            queue.enqueue(step)
          } else missed = { type: 'missed', timeStamp: step.timeStamp, steps: (missed?.steps ?? 0) + 1 }
        }
        const complete = () => {
          tell(queue)
          queue.close()
        }
        listening = step$.subscribe({ next, complete })
      },
      cancel: () => listening.unsubscribe(),
    },
    { highWaterMark: mostSteps },
  )
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
