import { alone, type Subject } from '../subjects/subject.ts'
import { figure, type Samples } from './figures.ts'
import type { Measurement } from './measurement.ts'
import type { Spread } from './statistics.ts'

/** What a command has found. */
export interface Results {
  measurement: Measurement
  rounds: number
  subjects: Subject[]
  /** By subject; one sample a round. */
  samples: Map<string, Samples>
  /** By subject, then by the key of the column. */
  figures: Map<string, Map<string, Spread>>
}

/** Sets all samples against those of the page alone. */
export function resultsOf(
  measurement: Measurement,
  rounds: number,
  subjects: Subject[],
  samples: Map<string, Samples>,
): Results {
  const page = samples.get(alone.name) ?? []
  const figures = new Map(
    subjects.map(({ name }) => {
      const own = samples.get(name) ?? []
      return [name, new Map(measurement.columns.map((column) => [column.key, figure(column, own, page)]))]
    }),
  )
  return { measurement, rounds, subjects, samples, figures }
}
