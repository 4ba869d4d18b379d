import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

export interface Outcome {
  passed: number
  /** `file > test`, or a file that could not be run at all. */
  failed: string[]
  skipped: string[]
}

/** The parts of vitest's JSON report that are read here. */
interface Report {
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[]
}

/**
 * Counts test cases from vitest's JSON report. A file that failed without a failed test (an import error, a hook) is one
 * failure, and so is a run that ended badly, or empty, without any: nothing may look better than it went.
 */
export function readReport(file: string, endedWell: boolean): Outcome {
  if (!existsSync(file)) return { passed: 0, failed: ['vitest, which wrote no report'], skipped: [] }
  const { testResults }: Report = JSON.parse(readFileSync(file, 'utf8'))
  const outcome: Outcome = { passed: 0, failed: [], skipped: [] }
  for (const { name, status, assertionResults } of testResults) {
    const path = relative(process.cwd(), name)
    const before = outcome.failed.length
    for (const test of assertionResults) {
      if (test.status === 'passed') outcome.passed++
      else (test.status === 'failed' ? outcome.failed : outcome.skipped).push(`${path} > ${test.fullName}`)
    }
    if (status === 'failed' && outcome.failed.length === before) outcome.failed.push(path)
  }
  if (outcome.passed + outcome.failed.length === 0) outcome.failed.push('vitest, which ran no test')
  if (!endedWell && outcome.failed.length === 0) outcome.failed.push('vitest, by an error outside of the tests')
  return outcome
}
