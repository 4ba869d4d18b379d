import { map } from 'rxjs'
import { assertList, assertStream } from './ownSources.ts'
import { shown } from './payload/shown.ts'
import type { Delivery, Sink } from './sinks/sink.ts'

/** Sinks as the collector runs them: one that gives no outcomes fails alone, with what it gives and what was expected. */
export const ownSinks = (given: Sink[]): Sink[] =>
  assertList('sinks', given).map((sink) => {
    const checked: Sink = (payload$, scope) =>
      assertStream(typeof sink === 'function' ? sink(payload$, scope) : sink).pipe(map(outcomeOf))
    const { forget, url } = Object(sink) as Sink
    return Object.assign(checked, { forget, url })
  })

/** What is no outcome is reported, and ends nothing. */
const outcomeOf = (outcome: Delivery): Delivery =>
  typeof Object(outcome).type === 'string'
    ? outcome
    : {
        type: 'error',
        part: 'sink',
        message: `it emitted ${shown(outcome)}, expected an outcome, like {type: 'sent', id}`,
      }
