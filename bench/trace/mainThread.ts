import type { Thread, TraceEvent } from './traceEvent.ts'

/** The main thread of the page that the frame has loaded last. */
export function mainThread(events: TraceEvent[], frame: string): Thread {
  const commit = events.findLast(({ name, args }) => name === 'CommitLoad' && args.data?.frame === frame)
  if (!commit) throw new Error(`the trace was expected to have a CommitLoad of the frame ${frame}, and has none`)
  return { pid: commit.pid, tid: commit.tid }
}
