import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toJson } from '../../src/payload/toJson'

/** Well below one beacon. */
const bound = 60 * 1024

const sizeOf = (value: unknown) => JSON.stringify(toJson(value)).length
const nested = (depth: number, inner: unknown, wrap: (value: unknown) => unknown) => {
  let value = inner
  for (let level = 0; level < depth; level++) value = wrap(value)
  return value
}
const long = 'x'.repeat(5_000_000)
const wide = (levels: number): unknown => (levels ? Array.from({ length: 50 }, () => wide(levels - 1)) : long)
const endless = {
  [Symbol.toStringTag]: 'Set',
  *[Symbol.iterator]() {
    for (;;) yield long
  },
}
const named = (name: unknown) => Object.defineProperty(() => 0, 'name', { value: name })
const many = (value: unknown) => Array.from({ length: 50 }, () => Array.from({ length: 50 }, () => value))

describe('plain', () => {
  test.for<[string, unknown]>([
    ['a depth of 5,000', nested(5000, 1, (value) => ({ value }))],
    ['lists 5,000 deep', nested(5000, 1, (value) => [value])],
    ['errors 5,000 deep', nested(5000, null, (cause) => new Error('a', { cause }))],
    ['a text of 5 MB', long],
    ['a name of 5 MB', { [long]: 1 }],
    ['a symbol of 5 MB', Symbol(long)],
    ['a function with a name of 5 MB', named(long)],
    ['a list of 200,000', Array.from({ length: 200_000 }, (_, at) => at)],
    ['an object of 200,000', Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`k${at}`, at]))],
    ['a set of 200,000', new Set(Array.from({ length: 200_000 }, (_, at) => at))],
    ['an endless one', endless],
    ['50 × 50 × 50 texts', wide(3)],
    ['control characters', '\u0001'.repeat(100_000)],
    [
      'toJSON that never ends',
      {
        toJSON: function more() {
          return { toJSON: more }
        },
      },
    ],
    ['functions whose name is not a text, and then much', [named(5), many(long)]],
    ['a tag of 5 MB', { [Symbol.toStringTag]: `${long}Promise` }],
    ['an element with a name of 5 MB', { [Symbol.toStringTag]: 'HTMLElement', localName: long }],
    ['a date that says 5 MB', { [Symbol.toStringTag]: 'Date', toJSON: () => long }],
  ])('stays within its bound for %s', ([, value]) => {
    expect(sizeOf(value)).toBeLessThan(bound)
  })

  test('says that it left something out', () => {
    expect(toJson('x'.repeat(2001))).toBe(`${'x'.repeat(2000)}…`)
    expect(toJson('x'.repeat(2000))).toBe('x'.repeat(2000))
    expect((toJson(Array(51).fill(0)) as unknown[]).at(-1)).toBe('…')
    expect(toJson(Array(50).fill(0))).toEqual(Array(50).fill(0))
    const keys = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`k${at}`, at]))
    expect(Object.entries(toJson(keys) as object).at(-1)).toEqual(['…', '…'])
  })

  test('keeps a URL whole up to 8,000 characters, and well-formed where it is cut', () => {
    const url = (length: number, end = '') => `https://shop.test/?q=${'x'.repeat(length - 21 - end.length)}${end}`

    expect(toJson(url(8000))).toBe(url(8000))
    expect(toJson(url(8001))).toBe(`${url(8000)}…`)
    expect(toJson(url(8001, '\u{1f600}'))).toBe(`${url(7999)}…`)
    expect(toJson(`/${'x'.repeat(7999)}`)).toHaveLength(8000)
    expect(toJson(`failed: ${url(8000)}`)).toHaveLength(2001)
  })

  test('tells nothing of what is hidden in a URL, wherever a text is cut', () => {
    for (const length of [1960, 1980, 1990, 2000, 7990]) {
      const text = `${'x'.repeat(length)} https://ann:secret@shop.test/`
      expect(JSON.stringify(toJson([text, { [text]: new Error(text, { cause: text }) }]))).not.toMatch(/ann:|secret/)
    }
  })

  const anything = fc.anything({
    ...{ withBigInt: true, withBoxedValues: true, withDate: true, withMap: true, withSet: true },
    ...{ withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true, maxDepth: 8 },
  })

  test('always has a JSON form, within its bound, that says the same', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const copy = toJson(value)
        expect(sizeOf(value)).toBeLessThan(bound)
        expect(JSON.stringify(JSON.parse(JSON.stringify(copy)))).toBe(JSON.stringify(copy))
      }),
    )
  })

  test('leaves what it reads as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = structuredClone(value)
        toJson(value)
        expect(value).toEqual(before)
      }),
    )
    const frozen = Object.freeze({ list: Object.freeze([1]) })
    expect(toJson(frozen)).toEqual({ list: [1] })
  })

  test('leaves any value as it was, and calls no getter of it twice', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const calls = new Map<string, number>()
        const watched = withGetters(value, calls)
        const before = fc.stringify(value)
        const own = ownNames(watched)
        const copy = toJson(watched)

        expect(fc.stringify(value)).toBe(before)
        expect(ownNames(watched)).toEqual(own)
        expect([...calls.values()].filter((count) => count > 1)).toEqual([])
        expect(JSON.stringify(copy)).toBe(JSON.stringify(toJson(value)))
      }),
    )
  })

  test('reads each property once at most', () => {
    const names = fc.uniqueArray(fc.oneof(fc.string(), fc.constantFrom('toJSON', 'message', 'cause', 'length', 'then')))
    fc.assert(
      fc.property(names, (names) => {
        const reads: string[] = []
        const value = {}
        for (const name of names) {
          const get = () => reads.push(name)
          Object.defineProperty(value, name, { get, enumerable: true })
        }
        toJson(value)
        expect(reads).toEqual([...new Set(reads)])
      }),
    )
  })
})

/** The same objects with a getter in the place of each property, which counts its calls. */
function withGetters(value: unknown, calls: Map<string, number>, path = ''): unknown {
  if (Object.prototype.toString.call(value) !== '[object Object]') return value
  const copy = Object.create(Object.getPrototypeOf(value))
  for (const [name, part] of Object.entries(value as object)) {
    const at = `${path}.${name}`
    const watched = withGetters(part, calls, at)
    const get = () => {
      calls.set(at, (calls.get(at) ?? 0) + 1)
      return watched
    }
    Object.defineProperty(copy, name, { get, enumerable: true, configurable: true })
  }
  return copy
}

const ownNames = (value: unknown): unknown => (value && typeof value === 'object' ? Reflect.ownKeys(value) : value)
