import type { Bound } from '../bounds.ts'
import type { Verdict } from './judge.ts'
import { number, table } from './markdown.ts'

/** How our builds stand against the bounds: a row for each figure and build. */
export function verdictsTable(verdicts: Verdict[]): string {
  const head = ['bounds', 'build', 'figure', 'at most', 'aim', '']
  const rows = verdicts.map(({ bound, build, value, ratio, verdict }) => [
    bound.title,
    build,
    figureCell(bound, value, ratio),
    limit(bound, bound.most),
    limit(bound, bound.aim),
    verdict,
  ])
  return table(head, rows)
}

function figureCell({ of, most }: Bound, value: number, ratio: number): string {
  // a bound of 1.18 asks for two digits, one of 450 for none
  if (!of) return number(value, Number.isInteger(most) ? 0 : 2)
  return Number.isNaN(ratio) ? number(value, 1) : `${number(value, 1)} = ${number(ratio, 2)} × ${of}`
}

function limit({ of }: Bound, value?: number): string {
  if (value === undefined) return '–'
  return of ? `${value} × ${of}` : value.toLocaleString('en')
}
