import type { TraceEvent } from '../../bench/trace/traceEvent.ts'

/** The thread that hand-made traces are about. */
export const main = { pid: 1, tid: 2 }

/** An event on it, from `ts` on, µs. */
export function event(name: string, ts: number, rest: Partial<TraceEvent> = {}): TraceEvent {
  return { name, ph: 'X', ...main, ts, args: {}, ...rest }
}

/** A task; `cpu` is what it took of its time. */
export function task(ts: number, dur: number, cpu = dur): TraceEvent {
  return event('RunTask', ts, { dur, tdur: cpu })
}

/** That a document was loaded into a frame, on this thread. */
export function commit(frame: string, ts: number, thread = main): TraceEvent {
  return event('CommitLoad', ts, { ...thread, args: { data: { frame } } })
}

type Sample = readonly [at: number, ...stack: string[]]

/**
 * A V8 profile: each sample has its time and its stack, outermost function first. A function is `name@url`, a built-in one
 * just its name.
 */
export function profile(samples: readonly Sample[], startTime = 0): TraceEvent[] {
  const ids = new Map<string, number>()
  const nodes: { id: number; parent?: number; callFrame: { functionName: string; url?: string } }[] = []
  const nodeOf = (stack: string[]): number => {
    const key = stack.join('\n')
    const known = ids.get(key)
    if (known) return known
    const parent = stack.length > 1 ? { parent: nodeOf(stack.slice(0, -1)) } : {}
    const [functionName = '', url] = (stack.at(-1) ?? '(root)').split('@')
    const id = ids.size + 1
    ids.set(key, id)
    nodes.push({ id, ...parent, callFrame: { functionName, ...(url && { url }) } })
    return id
  }
  const times = samples.map(([at]) => at)
  const data = {
    cpuProfile: { samples: samples.map(([, ...stack]) => nodeOf(stack)), nodes },
    timeDeltas: times.map((at, i) => at - (times[i - 1] ?? startTime)),
  }
  return [
    event('Profile', startTime, { ph: 'P', id: '0x1', args: { data: { startTime } } }),
    // from the thread that samples
    event('ProfileChunk', startTime, { ph: 'P', id: '0x1', tid: 9, args: { data } }),
  ]
}
