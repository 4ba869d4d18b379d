import type { Column, Sample } from './measurement.ts'
import { type Spread, spread } from './statistics.ts'

/** One sample a round; none where the visit failed. */
export type Samples = (Sample | undefined)[]

/** A figure of a subject over all rounds: each is set against the page alone of its own round. */
export function figure({ key, value = key, against }: Column, samples: Samples, alone: Samples): Spread {
  return spread(
    samples.map((sample, round) => {
      const own = sample?.[value] ?? Number.NaN
      const other = alone[round]?.[value] ?? Number.NaN
      return against === 'difference' ? own - other : against === 'ratio' ? own / other : own
    }),
  )
}
