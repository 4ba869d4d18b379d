import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { arrivalsTable, marks, withArrivals } from '../../scripts/browsersDocs.ts'
import { fieldPaths } from '../engines/fieldPaths.ts'

test('docs/browsers.md has each field of the payload: run `npm run browsers`', () => {
  const [, table = ''] = readFileSync('docs/browsers.md', 'utf8').split(marks[0])
  const listed = table.split('\n').flatMap((line) => {
    const [, cell = ''] = line.split('|')
    const [first = '', ...others] = [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name)
    const parent = first.slice(0, first.lastIndexOf('.'))
    return first && line.startsWith('| `') ? [first, ...others.map((name) => parent + name)] : []
  })
  for (const path of fieldPaths()) expect(listed).toContain(path)
})

const arrivals = {
  a: { version: 'A 1', fields: { 'x.one': 'value', 'x.two': 'value', 'x.three': 'null' } },
  b: { version: 'B 2', fields: { 'x.one': 'absent', 'x.two': 'absent', 'x.three': '"no"' } },
}

test('a table has a row for the fields of one object that arrive alike', () => {
  expect(arrivalsTable(arrivals).split('\n')).toEqual([
    '| field | A 1 | B 2 |',
    '|---|---|---|',
    '| `x.one`, `.two` | ✓ | absent |',
    "| `x.three` | `null` | `'no'` |",
  ])
})

test('a field that was not seen in one of the engines is an error', () => {
  const b = { version: 'B 2', fields: { 'x.one': 'value' } }
  expect(() => arrivalsTable({ ...arrivals, b })).toThrow('x.two was expected to be seen in B 2')
})

test('only what is between the marks is replaced', () => {
  expect(withArrivals(`a ${marks[0]} old ${marks[1]} b`, 'new')).toBe(`a ${marks[0]}\n\nnew\n\n${marks[1]} b`)
  expect(() => withArrivals('a', 'new')).toThrow('expected to have')
})
