import { bounds } from '../bounds.ts'
import type { Results } from '../run/results.ts'
import { figuresTable } from './figuresTable.ts'
import { judge, type Verdict } from './judge.ts'
import { verdictsTable } from './verdictsTable.ts'

/** The verdicts on our builds, by all bounds of the command. */
export function verdictsOf({ measurement, subjects, figures }: Results): Verdict[] {
  const figureOf = (subject: string, column: string) => figures.get(subject)?.get(column)?.median
  const builds = subjects.filter(({ kind }) => kind === 'ours')
  return bounds
    .filter(({ command }) => command === measurement.name)
    .flatMap((bound) => builds.map(({ name }) => judge(bound, name, figureOf)))
}

/** What a command has found, in Markdown: its figures, the verdicts, and what was measured. */
export function report(results: Results, verdicts: Verdict[], browser: string): string {
  const { measurement, rounds, subjects } = results
  const versions = subjects.filter(({ kind }) => kind !== 'none').map(({ name, version }) => `${name}: ${version}`)
  const parts = [
    `## ${measurement.name}`,
    `${measurement.about} ${rounds === 1 ? 'One round.' : `Medians of ${rounds} rounds, with quartiles.`}`,
    figuresTable(results),
    ...(verdicts.length ? [verdictsTable(verdicts)] : []),
    `${browser}. ${versions.join(', ')}.`,
  ]
  return parts.join('\n\n')
}
