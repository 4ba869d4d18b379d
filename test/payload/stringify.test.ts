import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { stringify } from '../../src/payload/stringify'

const prototypes = [Array.prototype, Object.prototype, String.prototype] as { toJSON?: () => unknown }[]
afterEach(() => {
  for (const prototype of prototypes) delete prototype.toJSON
})

describe('json', () => {
  test('says what JSON.stringify says, of any plain data', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(stringify(value)).toBe(JSON.stringify(value))
      }),
    )
  })

  test.for<[unknown, string]>([
    [{ a: undefined, b: 0 }, '{"b":0}'],
    [[undefined, null], '[null,null]'],
    [{ a: Number.NaN, b: -Infinity }, '{"a":null,"b":null}'],
    [{ 'a"b': '\u2028' }, JSON.stringify({ 'a"b': '\u2028' })],
    [[[], {}, ''], '[[],{},""]'],
  ])('says %o', ([value, expected]) => {
    expect(stringify(value)).toBe(expected)
    expect(stringify(value)).toBe(JSON.stringify(value))
  })

  test('leaves no half of a character in any text, name or value, and takes nothing else for one', () => {
    const value = { 'a\ud83d': ['\ude00b', '\ud83d\ude00', '\\ud83d', 'C:\\ude\\\\ud83d'], '\ud83d\ude00': '\ud83d' }

    expect(JSON.parse(stringify(value))).toEqual({
      'a\ufffd': ['\ufffdb', '\ud83d\ude00', '\\ud83d', 'C:\\ude\\\\ud83d'],
      '\ud83d\ude00': '\ufffd',
    })
    expect(stringify(value)).toSatisfy((json: string) => !/\p{Cs}|[^\\](\\\\)*\\ud/u.test(json))
  })

  test('says the same after the page has replaced JSON', () => {
    const { stringify } = JSON
    JSON.stringify = () => 'theirs'
    const said = stringify({ a: ['b'] })
    JSON.stringify = stringify

    expect(said).toBe('{"a":["b"]}')
  })

  test('is unharmed by an old library that has given everything a JSON form of its own', () => {
    const value = { list: [1, ['a'], undefined, () => 0], object: { b: 'c', d: undefined } }
    const expected = JSON.stringify(value)
    for (const prototype of prototypes) prototype.toJSON = () => 'mine'

    const said = [JSON.stringify(value), stringify(value)]
    for (const prototype of prototypes) delete prototype.toJSON

    expect(said).toEqual(['"mine"', expected])
  })
})
