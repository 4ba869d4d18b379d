import { charge } from './charge.ts'
import { mainThread } from './mainThread.ts'
import { stretches } from './stretches.ts'
import { tasks } from './tasks.ts'
import { cpuTime, isOn, type TraceEvent } from './traceEvent.ts'

/** What a script has cost the main thread of its page, ms of CPU time. */
export interface Costs {
  /** All of it: compiling, and whatever V8 saw it run. */
  charged: number
  /** Compiling and running its top level once. */
  evaluate: number
  /** The most of it in one task, other than that of its evaluation. */
  worstTask: number
}

/** Reads the costs of a script from a trace of a page load; `isSubject` knows its URLs. */
export function costs(events: TraceEvent[], frame: string, isSubject: (url: string) => boolean): Costs {
  const thread = mainThread(events, frame)
  const ofSubject = (wanted: string) =>
    events.filter(isOn(thread)).filter(({ name, args }) => name === wanted && isSubject(args.data?.url ?? ''))
  const compiles = ofSubject('v8.compile')
  const evaluations = ofSubject('EvaluateScript')

  const ran = tasks(events, thread)
  const charged = charge(ran, stretches(events, thread, isSubject))
  const callbacks = charged.filter((_, i) => {
    const task = ran[i]
    return task && !evaluations.some(({ ts }) => task.start <= ts && ts < task.end)
  })
  return {
    charged: sum([...charged, ...compiles.map(cpuTime)]),
    evaluate: sum(evaluations.map(cpuTime)),
    worstTask: Math.max(0, ...callbacks),
  }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
