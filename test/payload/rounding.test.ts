import { describe, expect, test } from 'vitest'
import { tenths } from '../../src/payload/rounding'

describe('tenths', () => {
  test.for<[number, number]>([
    [0, 0],
    [-14, 0],
    [-0, 0],
    [0.04, 0],
    [0.05, 0.1],
    [1234.5678, 1234.6],
    [99.96, 100],
    [1_700_000_000_000.1, 1_700_000_000_000.1],
  ])('makes %d to %d', ([given, expected]) => {
    expect(tenths(given)).toBe(expected)
  })
})
