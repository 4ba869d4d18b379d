import { expect, test } from 'vitest'
import { shuffled } from '../../bench/run/shuffled.ts'

test('has the same items, in the order that chance gives', () => {
  const numbers = [0.99, 0.5, 0]

  expect(shuffled(['a', 'b', 'c'], () => numbers.shift() ?? 0)).toEqual(['c', 'b', 'a'])
})

test('leaves the given list as it is', () => {
  const items = ['a', 'b', 'c']
  shuffled(items)

  expect(items).toEqual(['a', 'b', 'c'])
})
