import { expect, test } from 'vitest'
import { tryOr } from '../../src/payload/tryOr'

test.for([0, '', false, null, undefined])('returns what the action returns: %o', (value) => {
  expect(tryOr(() => value, 'other')).toBe(value)
})

test('returns the other value if the action throws', () => {
  const fails = () => {
    throw new Error('no')
  }
  expect(tryOr(fails, 'other')).toBe('other')
})
