import type { Bound } from '../bounds.ts'

/** The median of a column for a subject; `undefined` or NaN where it was not measured. */
export type FigureOf = (subject: string, column: string) => number | undefined

/** How a build of ours stands against a bound. */
export interface Verdict {
  bound: Bound
  build: string
  /** In the unit of the figure. */
  value: number
  /** In the unit of the bound: the same, or as a multiple of what the peer has. */
  ratio: number
  verdict: 'ok' | 'MISSED' | 'not judged'
}

/** Without the figure of the peer there is no verdict; without ours the bound is missed. */
export function judge(bound: Bound, build: string, figureOf: FigureOf): Verdict {
  const value = figureOf(build, bound.column) ?? Number.NaN
  const unit = bound.of ? (figureOf(bound.of, bound.column) ?? Number.NaN) : 1
  const verdict = Number.isNaN(unit) ? 'not judged' : value <= bound.most * unit ? 'ok' : 'MISSED'
  return { bound, build, value, ratio: value / unit, verdict }
}
