import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { allOf, engineLines, readReport } from '../../scripts/report.ts'

const folder = mkdtempSync(join(tmpdir(), 'crum-reports-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A report of one file `a.test.ts` with these tests. */
function written(name: string, status: string, assertionResults: object[]): string {
  const file = join(folder, `${name}.json`)
  const testResults = [{ name: resolve('a.test.ts'), status, assertionResults }]
  writeFileSync(file, JSON.stringify({ testResults: status ? testResults : [] }))
  return file
}

/** The same with tests of the given states. */
const report = (status: string, ...states: string[]): string =>
  written(
    `${status}-${states}`,
    status,
    states.map((status, i) => ({ status, fullName: `rule ${i}` })),
  )

test('counts the passed and names the failed and the skipped', () => {
  expect(readReport(report('failed', 'passed', 'failed', 'skipped', 'todo'), false)).toEqual({
    passed: 1,
    failed: ['a.test.ts > rule 1'],
    retried: [],
    skipped: ['a.test.ts > rule 2', 'a.test.ts > rule 3'],
    engines: {},
  })
})

test('says of each engine how many tests ran, and how many were skipped for want of what', () => {
  const result = (engine: string, lacks?: string) => ({
    status: lacks ? 'skipped' : 'passed',
    fullName: 'rule',
    meta: { engine, ...(lacks && { lacks }) },
  })
  const assertionResults = [result('A 1'), result('A 1'), result('B 2', 'pen'), result('B 2'), result('B 2', 'pen')]
  const file = written('engines', 'passed', assertionResults)
  expect(engineLines(readReport(file, true))).toEqual([
    'A 1: 2 tests ran',
    'B 2: 1 tests ran, 2 skipped for want of pen',
  ])
})

test('says of a failed test in which engine it ran, and on one line what went wrong', () => {
  const failureMessages = ['Error: in vain, for the end\n    at until (tab.ts:43)']
  const failed = { status: 'failed', fullName: 'rule', failureMessages }
  const assertionResults = [failed, { ...failed, meta: { engine: 'A 1' } }]
  const file = written('reasons', 'failed', assertionResults)
  expect(readReport(file, false).failed).toEqual([
    'a.test.ts > rule: Error: in vain, for the end',
    'a.test.ts > rule (A 1): Error: in vain, for the end',
  ])
})

test('names what passed at a later try alone, and says what went wrong before', () => {
  const passed = {
    status: 'passed',
    fullName: 'rule',
    failureMessages: ['Error: in vain, at first\n    at until (tab.ts:43)'],
  }
  const assertionResults = [passed, { ...passed, failureMessages: [] }]
  const file = written('retried', 'passed', assertionResults)
  expect(readReport(file, true)).toMatchObject({
    passed: 2,
    failed: [],
    retried: ['a.test.ts > rule: Error: in vain, at first'],
  })
})

test.for([
  ['a file that could not be run', report('failed'), false, 'a.test.ts'],
  ['a hook that failed after good tests', report('failed', 'passed'), false, 'a.test.ts'],
  ['an error outside of the tests', report('passed', 'passed'), false, 'vitest, by an error outside of the tests'],
  ['a run without a test', report(''), true, 'vitest, which ran no test'],
  ['a run without a report', join(folder, 'none.json'), true, 'vitest, which wrote no report'],
] as const)('counts %s as one failure', ([, file, endedWell, name]) => {
  expect(readReport(file, endedWell).failed).toEqual([name])
})

test('counts several runs as one', () => {
  const runs = [report('failed', 'passed', 'failed'), report('passed', 'passed', 'passed', 'skipped')]

  expect(allOf(runs.map((run) => readReport(run, true)))).toEqual({
    passed: 3,
    failed: ['a.test.ts > rule 1'],
    retried: [],
    skipped: ['a.test.ts > rule 2'],
    engines: {},
  })
})
