import { expect, test } from 'vitest'
import { score } from '../../src/payload/score'

test('keeps 4 decimals', () => {
  expect([0, 0.12345, 0.00004, 1.5].map(score)).toEqual([0, 0.1235, 0, 1.5])
})
