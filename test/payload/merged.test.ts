import { describe, expect, test } from 'vitest'
import { merged } from '../../src/payload/merged'

describe('merged', () => {
  test.for<[string, object, object, object]>([
    ['adds what is new', { a: 1 }, { b: 2 }, { a: 1, b: 2 }],
    [
      'replaces what was known, by zero, null and an empty text too',
      { a: 1, b: 1, c: 1 },
      { a: 0, b: null, c: '' },
      {
        ...{ a: 0, b: null, c: '' },
      },
    ],
    [
      'merges objects, at any depth',
      { a: { b: { c: 1, d: 1 }, e: 1 } },
      { a: { b: { d: 2 } } },
      {
        ...{ a: { b: { c: 1, d: 2 }, e: 1 } },
      },
    ],
    ['replaces a list as a whole', { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ['replaces a value by an object', { a: 1 }, { a: { b: 2 } }, { a: { b: 2 } }],
    ['replaces an object by a value', { a: { b: 1 } }, { a: 2 }, { a: 2 }],
    ['replaces a list by an object', { a: [1] }, { a: { b: 2 } }, { a: { b: 2 } }],
    ['keeps all where there is nothing', { a: { b: 1 } }, {}, { a: { b: 1 } }],
  ])('%s', ([, into, from, expected]) => {
    expect(merged(into, from)).toEqual(expected)
  })

  test('never writes into what it was given, at any depth', () => {
    const into = Object.freeze({ a: Object.freeze({ b: Object.freeze({ c: 1 }) }) })
    const from = Object.freeze({ a: Object.freeze({ b: Object.freeze({ d: 2 }), e: 3 }) })
    const once = merged(into, from)
    merged(once, { a: { b: { d: 4 } } })

    expect(once).toEqual({ a: { b: { c: 1, d: 2 }, e: 3 } })
    expect(into).toEqual({ a: { b: { c: 1 } } })
  })
})
