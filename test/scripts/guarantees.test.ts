import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Guarantees, guaranteesTable, marks, withTable } from '../../scripts/guarantees.ts'
import { scenarios } from '../browser/faults/scenarios.ts'

const rows = scenarios.flatMap(({ rows }) => rows)

test('docs/delivery.md lists the scenarios of the fault suite, and no others: run `npm run guarantees`', () => {
  const [, measured = ''] = readFileSync('docs/delivery.md', 'utf8').split(marks[0])
  const cells = measured.split('\n').map((line) => line.split(' | '))
  const listed = cells.filter(({ length }) => length === 6).map(([name = '', guarantee]) => [name.slice(2), guarantee])
  expect(listed.slice(1).filter(([name]) => name !== 'what happens')).toEqual(
    rows.map(({ name, guarantee }) => [name, guarantee]),
  )
})

test('no two scenarios have one name', () => {
  const names = rows.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})

const sections = [{ title: 'Leaving', rows: [{ name: 'A link', guarantee: 'at once' as const }] }]
const counted = { repetitions: 20, told: 2000, atOnce: 1999, eventually: 2000, doubled: 0, repeated: 3 }
const measured: Guarantees = { browser: 'Chromium 1', rows: { 'A link': counted }, leaving: { hangs: 1.018 } }

test('a table says what was counted, and 100 % only of all', () => {
  const table = guaranteesTable(measured, sections)
  expect(table).toContain('| A link | at once | 99.9 % | 100 % of 2000 | 0 | 3 |')
  expect(table).toContain('- hangs: 1.02')
})

test('a scenario that was not measured is an error', () => {
  expect(() => guaranteesTable({ ...measured, rows: {} }, sections)).toThrow('"A link" was expected to be measured')
})

test('only what is between the marks is replaced', () => {
  expect(withTable(`a ${marks[0]} old ${marks[1]} b`, 'new')).toBe(`a ${marks[0]}\n\nnew\n\n${marks[1]} b`)
  expect(() => withTable('a', 'new')).toThrow('expected to have')
})
