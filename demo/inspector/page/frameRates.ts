import type { FrameRate } from '../../../src/payload/payload.ts'

/** Frame rates as a line: a rate holds until another one is told, with a hole where none was measured for a while. */
export interface FrameRates {
  /** Milliseconds from the navigation start. */
  times: number[]
  /** As they were told; `null` begins a hole. */
  rates: (number | null)[]
  /** The same, no higher than there is room. */
  drawn: (number | null)[]
}

/** The frame rates of a view, in their order, drawn up to `top`. */
export function frameRates(fps: FrameRate[], top: number): FrameRates {
  const times: number[] = []
  const rates: (number | null)[] = []
  for (const [n, { timeStamp, fps: rate }] of fps.entries()) {
    const before = fps[n - 1]
    if (before && timeStamp - before.timeStamp > longest) {
      times.push(before.timeStamp + 200)
      rates.push(null)
    }
    times.push(timeStamp)
    rates.push(rate)
  }
  return { times, rates, drawn: rates.map((rate) => (rate === null ? null : Math.min(rate, top))) }
}

/** Longer than this between two of them is a pause, ms. */
const longest = 6000
