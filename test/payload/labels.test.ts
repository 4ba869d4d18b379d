import { describe, expect, test } from 'vitest'
import { labels } from '../../src/payload/labels'

describe('labels', () => {
  test.for<[string | string[], string[]]>([
    ['a=1, b=2', ['a=1', 'b=2']],
    ['a=1', ['a=1']],
    ['', []],
    [' , ,', []],
    [
      ['a=1', 'b=2'],
      ['a=1', 'b=2'],
    ],
    [
      ['a=1, b=2', ' c=3 '],
      ['a=1', 'b=2', 'c=3'],
    ],
    [[], []],
    ['b, a, b', ['b', 'a']],
    ['a = 1', ['a = 1']],
  ])('reads %o as %o', ([given, expected]) => {
    expect(labels(given)).toEqual(expected)
  })

  test('keeps 50 of them, and 8,000 characters', () => {
    const many = Array.from({ length: 60 }, (_, at) => `label=${at}`)

    expect(labels(many)).toEqual([...many.slice(0, 50), '…'])
    expect(labels(`a=${'x'.repeat(1e6)}`)).toEqual([`a=${'x'.repeat(1998)}…`])
    expect(labels(many.map((label) => label.padEnd(1000, 'x'))).join('').length).toBeLessThan(8100)
  })
})
