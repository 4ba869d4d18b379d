import { cpuTime, isOn, type Thread, type TraceEvent } from './traceEvent.ts'

/** A task of the event loop: when it ran, µs, and the CPU time it took, ms. */
export interface Task {
  start: number
  end: number
  cpu: number
}

/** The tasks of a thread in their order; a task within a task (a nested event loop) is part of the outer one. */
export function tasks(events: TraceEvent[], thread: Thread): Task[] {
  const found: Task[] = []
  const runs = events.filter(({ name, ph }) => name === 'RunTask' && ph === 'X').filter(isOn(thread))
  for (const event of runs.sort((a, b) => a.ts - b.ts)) {
    if (event.ts < (found.at(-1)?.end ?? 0)) continue
    found.push({ start: event.ts, end: event.ts + (event.dur ?? 0), cpu: cpuTime(event) })
  }
  return found
}
