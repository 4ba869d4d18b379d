import { noop, of } from 'rxjs'
import type { Collector } from './collector.ts'
import type { Step } from './devtools/step.ts'
import { steps } from './devtools/steps.ts'

/**
 * A collector without a page, as in Node, in a worker, and where a page is rendered on the server: its functions do nothing,
 * and `debug$` says so, and ends.
 */
export const absentCollector = (): Collector => ({
  debug$: steps(
    of<Step[]>({ type: 'unsupported', timeStamp: 0, part: 'page' }, { type: 'stop', timeStamp: 0 }),
    (error) => globalThis.console.error('crum:', error),
  ),
  setViewId: noop,
  addToLabels: noop,
  addEvent: noop,
  addError: noop,
  consent: noop,
  onReady: noop,
  stop: noop,
})
