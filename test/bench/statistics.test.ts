import { expect, test } from 'vitest'
import { spread } from '../../bench/run/statistics.ts'

test.for([
  ['one value', [7], { median: 7, low: 7, high: 7, count: 1 }],
  ['an odd number of values, in any order', [5, 1, 4, 2, 3], { median: 3, low: 2, high: 4, count: 5 }],
  ['an even number: between the two in the middle', [1, 2, 3, 10], { median: 2.5, low: 1.75, high: 4.75, count: 4 }],
  [
    'some that are no numbers: the others',
    [Number.NaN, 4, Number.POSITIVE_INFINITY],
    { median: 4, low: 4, high: 4, count: 1 },
  ],
  ['none', [], { median: Number.NaN, low: Number.NaN, high: Number.NaN, count: 0 }],
] as const)('spreads %s', ([, values, expected]) => {
  expect(spread([...values])).toEqual(expected)
})
