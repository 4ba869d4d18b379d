import type { Samples } from '../run/figures.ts'
import type { Column } from '../run/measurement.ts'
import type { Results } from '../run/results.ts'
import { type Spread, spread } from '../run/statistics.ts'
import type { Subject } from '../subjects/subject.ts'
import { number, table } from './markdown.ts'

/** All figures of a command, a row for each subject. The page alone shows what the others are set against. */
export function figuresTable(results: Results): string {
  const { columns } = results.measurement
  const head = ['', ...columns.map(({ title }) => title)]
  const rows = results.subjects.map((subject) => row(subject, columns, results))
  return table(head, rows)
}

function row({ name, kind }: Subject, columns: Column[], { samples, figures, rounds }: Results): string[] {
  const spreads = columns.map(({ key }) => figures.get(name)?.get(key) ?? spread([]))
  const count = Math.min(...spreads.map((figure) => figure.count))
  const cells = columns.map((column, i) => {
    return kind === 'none' ? ownCell(column, samples.get(name)) : range(spreads[i] as Spread, column.digits)
  })
  return [count < rounds ? `${name}, ${count} of ${rounds} rounds` : name, ...cells]
}

/** What has another name than its column is in a column of its own already. */
function ownCell({ key, value = key, against, digits }: Column, samples: Samples = []): string {
  if (against && value !== key) return '–'
  return number(spread(samples.map((sample) => sample?.[value] ?? Number.NaN)).median, digits)
}

function range({ median, low, high }: Spread, digits: number): string {
  const middle = number(median, digits)
  const [from, to] = [number(low, digits), number(high, digits)]
  return from === to ? middle : `${middle} (${from} to ${to})`
}
