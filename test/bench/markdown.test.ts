import { expect, test } from 'vitest'
import { number, table } from '../../bench/report/markdown.ts'

test.for([
  [1234.56, 1, '1,234.6'],
  [2, 2, '2.00'],
  [0, 0, '0'],
  [-0.04, 1, '0.0'],
  [Number.NaN, 1, '–'],
] as const)('writes %d with %d digits as %s', ([value, digits, expected]) => {
  expect(number(value, digits)).toBe(expected)
})

test('puts figures to the right', () => {
  expect(table(['', 'ms'], [['ours', '1.2']])).toBe('|  | ms |\n| :-- | --: |\n| ours | 1.2 |')
})
