/** An event of a Chromium trace, with the fields that are read here. Times are µs. */
export interface TraceEvent {
  name: string
  /** `X`: an event with a duration; `I`: an instant; `P`: a part of a profile. */
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** CPU time of the thread within `dur`. */
  tdur?: number
  /** Which profile a part belongs to. */
  id?: string
  args: {
    data?: {
      frame?: string
      url?: string
      startTime?: number
      timeDeltas?: number[]
      cpuProfile?: { nodes?: ProfileNode[]; samples?: number[] }
    }
  }
}

/** A function on the stack of a V8 sample. */
export interface ProfileNode {
  id: number
  parent?: number
  callFrame: { functionName: string; url?: string }
}

/** What can have happened on a thread. */
export interface Thread {
  pid: number
  tid: number
}

/** Whether the event happened on the thread. */
export const isOn =
  ({ pid, tid }: Thread) =>
  (event: TraceEvent): boolean =>
    event.pid === pid && event.tid === tid

/** CPU time of an event, ms. */
export const cpuTime = ({ tdur, dur = 0 }: TraceEvent): number => (tdur ?? dur) / 1000
