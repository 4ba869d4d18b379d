import { expect, test } from 'vitest'
import { attempt } from '../../src/sources/attempt'

test.for([0, '', false, null, undefined])('returns what the action returns: %o', (value) => {
  expect(attempt(() => value)).toBe(value)
})

test('returns undefined where the action throws', () => {
  const fails = () => {
    throw new Error('no')
  }
  expect(attempt(fails)).toBeUndefined()
})
