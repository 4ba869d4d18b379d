import { describe, expect, test } from 'vitest'
import { labels } from '../../src/sources/labels'

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
})
