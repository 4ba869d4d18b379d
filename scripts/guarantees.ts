/**
 * `npm run guarantees`: plays the fault suite in full, twenty visitors a row, and puts what it has measured into
 * `docs/delivery.md`, between its two marks. The rows are those of the suite, in its order.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Guarantee } from '../test/browser/faults/scenario.ts'
import { scenarios } from '../test/browser/faults/scenarios.ts'

/** What the suite has counted of a scenario, all its visitors together. */
export interface Measured {
  repetitions: number
  /** Numbers that had to arrive. */
  told: number
  /** Of these, how many came without a further visit, and how many when the next one was over. */
  atOnce: number
  eventually: number
  /** Numbers under two beacon ids. */
  doubled: number
  /** Beacons that came again under their id. */
  repeated: number
}

/** `.crum/guarantees.json` */
export interface Guarantees {
  browser: string
  rows: Record<string, Measured>
  /** Median time from a click on a link to the next page, with the client over without, by what the receiver does. */
  leaving?: Record<string, number> | undefined
}

interface Section {
  title: string
  rows: { name: string; guarantee: Guarantee }[]
}

export const marks = ['<!-- measured -->', '<!-- /measured -->'] as const

/** The tables, one for each section of the suite; a scenario that was not measured is an error. */
export const guaranteesTable = ({ browser, rows, leaving = {} }: Guarantees, sections: Section[] = scenarios): string =>
  [
    `Measured in ${browser}.`,
    ...sections.map((section) => table(section, rows)),
    'From a click on a link to the next page, with the client and something to send, over the same without the client:',
    Object.entries(leaving)
      .map(([name, ratio]) => `- ${name}: ${ratio.toFixed(2)}`)
      .join('\n'),
  ].join('\n\n')

const table = ({ title, rows }: Section, measured: Guarantees['rows']) =>
  [
    `### ${title}`,
    '',
    '| what happens | guaranteed | without a further visit | at the latest on the next visit | under two ids | sent again |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ name, guarantee }) => {
      const it = measured[name]
      if (!it) throw new Error(`"${name}" was expected to be measured: run the fault suite first`)
      const { told, atOnce, eventually, doubled, repeated } = it
      return `| ${name} | ${guarantee} | ${share(atOnce, told)} | ${share(eventually, told)} of ${told} | ${doubled} | ${repeated} |`
    }),
  ].join('\n')

/** Rounded down: what is not all is never 100 %. */
const share = (part: number, of: number) => `${Math.floor((part / of) * 1000) / 10} %`

/** The text with everything between its marks replaced. */
export const withTable = (text: string, table: string): string => {
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number]
  if (start < 0 || end < start) throw new Error(`the text was expected to have ${marks.join(' and ')}`)
  return `${text.slice(0, start + marks[0].length)}\n\n${table}\n\n${text.slice(end)}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const suite = ['vitest', 'run', '--project', 'alone', 'test/browser/faults.test.ts', 'test/browser/leaveCost.test.ts']
  const env = { ...process.env, CRUM_VISITORS: '20' }
  const { status } = spawnSync('npx', suite, { stdio: 'inherit', env, shell: process.platform === 'win32' })
  if (status !== 0) throw new Error('the fault suite was expected to pass: its figures are not written down')
  const measured: Guarantees = JSON.parse(readFileSync('.crum/guarantees.json', 'utf8'))
  writeFileSync('docs/delivery.md', withTable(readFileSync('docs/delivery.md', 'utf8'), guaranteesTable(measured)))
}
