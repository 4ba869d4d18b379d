import { expect, test } from 'vitest'
import { shown } from '../../src/payload/shown'

test.for<[value: unknown, expected: string]>([
  [undefined, 'undefined'],
  [null, 'null'],
  ['a', '"a"'],
  ['a'.repeat(100), `"${'a'.repeat(79)}`],
  [{ a: [1] }, '{"a":[1]}'],
  [Symbol('x'), '"Symbol(x)"'],
])('shows %o as a message names it', ([value, expected]) => {
  expect(shown(value)).toBe(expected)
})
