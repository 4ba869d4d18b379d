import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

export interface Outcome {
  passed: number
  /** `file > test`, with its engine and what went wrong, or a file that could not be run at all. */
  failed: string[]
  /** In the same form: these passed, but not at their first try. */
  retried: string[]
  skipped: string[]
  /** By engine: how many tests ran in it, and how many did not, by what it lacks. */
  engines: Record<string, { ran: number; lacks: Record<string, number> }>
}

/** The parts of vitest's JSON report that are read here. */
interface Report {
  testResults: { name: string; status: string; assertionResults: Result[] }[]
}

interface Result {
  status: string
  fullName: string
  failureMessages?: string[]
  /** What the tests of all engines say of themselves. */
  meta?: { engine?: string; lacks?: string }
}

/**
 * Counts test cases from vitest's JSON report. A file that failed without a failed test (an import error, a hook) is one
 * failure, and so is a run that ended badly, or empty, without any: nothing may look better than it went.
 */
export function readReport(file: string, endedWell: boolean): Outcome {
  if (!existsSync(file))
    return { passed: 0, failed: ['vitest, which wrote no report'], retried: [], skipped: [], engines: {} }
  const { testResults }: Report = JSON.parse(readFileSync(file, 'utf8'))
  const outcome: Outcome = { passed: 0, failed: [], retried: [], skipped: [], engines: {} }
  for (const { name, status, assertionResults } of testResults) {
    const path = relative(process.cwd(), name)
    const before = outcome.failed.length
    for (const test of assertionResults) {
      if (test.meta?.engine) countEngine(outcome, test.meta.engine, test.meta.lacks)
      const told = `${path} > ${test.fullName}`
      // the messages of one that passed are those of its first tries
      if (test.status === 'passed' && test.failureMessages?.[0]) outcome.retried.push(told + reasonOf(test))
      if (test.status === 'passed') outcome.passed++
      else if (test.status === 'failed') outcome.failed.push(told + reasonOf(test))
      else outcome.skipped.push(told)
    }
    if (status === 'failed' && outcome.failed.length === before) outcome.failed.push(path)
  }
  if (outcome.passed + outcome.failed.length === 0) outcome.failed.push('vitest, which ran no test')
  if (!endedWell && outcome.failed.length === 0) outcome.failed.push('vitest, by an error outside of the tests')
  return outcome
}

/** ` (Firefox 153.7.0): AssertionError: expected …`, on one line. */
const reasonOf = ({ meta, failureMessages = [] }: Result): string =>
  `${meta?.engine ? ` (${meta.engine})` : ''}${failureMessages.map((message) => `: ${message.split('\n')[0]}`).join('')}`

/** What came of several runs, as one. */
export const allOf = (outcomes: Outcome[]): Outcome => ({
  passed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
  failed: outcomes.flatMap(({ failed }) => failed),
  retried: outcomes.flatMap(({ retried }) => retried),
  skipped: outcomes.flatMap(({ skipped }) => skipped),
  engines: Object.assign({}, ...outcomes.map(({ engines }) => engines)),
})

function countEngine({ engines }: Outcome, engine: string, lacks: string | undefined): void {
  engines[engine] ??= { ran: 0, lacks: {} }
  const counted = engines[engine]
  if (lacks === undefined) counted.ran++
  else counted.lacks[lacks] = (counted.lacks[lacks] ?? 0) + 1
}

/** `Firefox 153.7.0: 186 tests ran, 1 skipped for want of pen` */
export const engineLines = ({ engines }: Pick<Outcome, 'engines'>): string[] =>
  Object.entries(engines).map(([engine, { ran, lacks }]) => {
    const skipped = Object.entries(lacks).map(([what, count]) => `, ${count} skipped for want of ${what}`)
    return `${engine}: ${ran} tests ran${skipped.join('')}`
  })
