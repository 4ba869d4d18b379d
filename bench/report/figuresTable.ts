import type { Column } from '../run/measurement.ts'
import type { Results } from '../run/results.ts'
import { type Spread, spread } from '../run/statistics.ts'
import type { Subject } from '../subjects/subject.ts'
import { number, table } from './markdown.ts'

/** All figures of a command, a row for each subject. The page alone has its own values, which the others are set against. */
export function figuresTable(results: Results): string {
  const { columns } = results.measurement
  const head = ['', ...columns.map(({ title }) => title)]
  const rows = results.subjects.map((subject) => row(subject, columns, results))
  return table(head, rows)
}

function row({ name, kind }: Subject, columns: Column[], { samples, figures, rounds }: Results): string[] {
  const spreads = columns.map(({ key }) => figures.get(name)?.get(key) ?? spread([]))
  const count = Math.min(...spreads.map((figure) => figure.count))
  const own = ({ key, value = key }: Column) =>
    spread((samples.get(name) ?? []).map((sample) => sample?.[value] ?? Number.NaN))
  const cells = columns.map((column, i) => {
    if (kind !== 'none') return range(spreads[i] as Spread, column.digits)
    return column.against === 'ratio' ? '1' : number(own(column).median, column.digits)
  })
  return [count < rounds ? `${name}, ${count} of ${rounds} rounds` : name, ...cells]
}

function range({ median, low, high }: Spread, digits: number): string {
  const middle = number(median, digits)
  const [from, to] = [number(low, digits), number(high, digits)]
  return from === to ? middle : `${middle} (${from} to ${to})`
}
