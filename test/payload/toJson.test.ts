import { describe, expect, test } from 'vitest'
import { toJson } from '../../src/payload/toJson'
import { FakeElement } from '../helpers/page'

const fails = () => {
  throw new Error('no')
}
const endless = (): object => ({ [Symbol.toStringTag]: 'Number', valueOf: endless })
const circle: Record<string, unknown> = { name: 'circle' }
circle.self = circle
const withItself = (value: object) =>
  Object.assign(value, {
    toJSON() {
      return value
    },
  })
const withCopy = (value: object) =>
  Object.assign(value, {
    toJSON() {
      return { ...this }
    },
  })
const withText = Object.assign(new Error('a', { cause: new Error('b') }), { toJSON: () => 'a' })
const listWithForm = Object.assign([1], { toJSON: () => 'form' })
const invalidDate = new Date(Number.NaN)

describe('toJson', () => {
  test.for<[string, unknown, unknown]>([
    ['null', null, null],
    ['0', 0, 0],
    ['false', false, false],
    ['an empty text', '', ''],
    ['undefined', undefined, null],
    ['NaN', Number.NaN, 'NaN'],
    ['Infinity', -Infinity, '-Infinity'],
    ['a bigint', 12n, '12'],
    ['a symbol', Symbol('x'), 'Symbol(x)'],
    ['a named function', function save() {}, '[function save]'],
    ['a class', class Cart {}, '[function Cart]'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an invalid date', invalidDate, null],
    ['a pattern', { path: /^\/shop\//i }, { path: '/^\\/shop\\//i' }],
    ['a boxed number', [Object(7), Object(0)], [7, 0]],
    ['a boxed text', Object('x'), 'x'],
    ['a boxed boolean', Object(false), false],
    ['a boxed large number', Object(8n), '8'],
    ['a boxed symbol', Object(Symbol('x')), 'Symbol(x)'],
    [
      'what only calls itself a number',
      {
        get [Symbol.toStringTag]() {
          return 'Number'
        },
      },
      '[circular]',
    ],
    ['what only calls itself a number, and gives another such', endless(), '[Number]'],
    ['a map', new Map([['a', { b: 1 }]]), [['a', { b: 1 }]]],
    ['a set', new Set([1, 'b']), [1, 'b']],
    ['a list with gaps', new Array(2), [null, null]],
    ['a typed array', new Uint8Array(4), '[Uint8Array]'],
    ['a buffer', new ArrayBuffer(4), '[ArrayBuffer]'],
    ['a promise', Promise.resolve(), '[Promise]'],
    ['an element', new FakeElement('button'), '<button>'],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['an undefined part', { a: undefined, b: 0 }, { b: 0 }],
    [
      'a list with a JSON form, and an object with a part of that name',
      [listWithForm, { toJSON: 5 }],
      [[1], { toJSON: 5 }],
    ],
    ['what only sounds like an element', { [Symbol.toStringTag]: 'ElementInternals', a: 1 }, { a: 1 }],
    ['an object with a JSON form', { toJSON: () => ({ a: 1 }), b: 2 }, { a: 1 }],
    ['a URL', new URL('https://shop.test/'), 'https://shop.test/'],
    ['what is its own JSON form', withItself({ a: 1 }), { a: 1 }],
    ['what gives a copy of itself for its JSON form', withCopy({ a: 1 }), { a: 1 }],
  ])('says %s', ([, value, expected]) => {
    expect(toJson(value)).toStrictEqual(expected)
  })

  test('says six levels, and what stands there', () => {
    const six = (inner: unknown) => [[[[[[inner]]]]]]

    expect(toJson(six({ a: 1 }))).toEqual(six('[Object]'))
    expect(toJson(six(1))).toEqual(six(1))
  })

  test('says an event by its type and its target, and nothing like it of what only sounds like one', () => {
    const tagged = (tag: string) =>
      Object.create({ type: 'click', target: new FakeElement('button') }, { [Symbol.toStringTag]: { value: tag } })

    expect(toJson(tagged('PointerEvent'))).toStrictEqual({ type: 'click', target: '<button>' })
    expect(toJson(tagged('EventTarget'))).toBe('[EventTarget]')
  })

  test.for<[string, object, object]>([
    ['CloseEvent', { type: 'close', code: 1006, reason: '', wasClean: false }, {}],
    ['XMLHttpRequest', { responseURL: 'https://a/', status: 502, statusText: '' }, { responseText: 'secret' }],
    ['KeyboardEvent', { type: 'keydown' }, { code: 'KeyA', key: 'a' }],
    ['MediaError', { code: 4, message: 'format', stack: '' }, {}],
  ])('says what a %s has by its class, and not what was typed or answered', ([tag, told, untold]) => {
    const value = Object.create({ ...told, ...untold }, { [Symbol.toStringTag]: { value: tag } })

    expect(toJson(value)).toStrictEqual(told)
  })

  test.for([new Blob(['x']), new FormData(), new Headers({ a: 'b' }), new URLSearchParams('a=b')])(
    'says the kind alone of an object of the browser that has nothing to list (%s)',
    (value) => {
      expect(toJson([value])).toEqual([expect.stringMatching(/^\[(Blob|FormData|Headers|URLSearchParams)\]$/)])
    },
  )

  test('says nothing of an object of the page that has nothing to list', () => {
    class Cart {
      #items = 1
      get items() {
        return this.#items
      }
    }

    expect(toJson(new Cart())).toStrictEqual({})
  })

  test('does not use up an iterator', () => {
    const entries = new Map([['a', 1]]).entries()

    expect(toJson(entries)).toEqual('[Map Iterator]')
    expect([...entries]).toEqual([['a', 1]])
  })

  test('says an error with its stack, and what led to it, wherever it stands', () => {
    const inner = new RangeError('deep', { cause: new Error('deeper') })
    const error = new AggregateError([inner, { code: 7 }], 'all', { cause: 'text' })
    const said = {
      ...{ name: 'AggregateError', message: 'all', stack: expect.stringContaining('AggregateError: all\n') },
      causes: [
        { type: 'String', message: 'text', stack: '' },
        { type: 'RangeError', message: 'deep', stack: expect.stringContaining('RangeError: deep\n') },
        { type: 'Object', message: { code: 7 }, stack: '' },
        { type: 'Error', message: 'deeper', stack: expect.stringContaining('Error: deeper\n') },
      ],
    }

    expect(toJson(error)).toEqual(said)
    expect(toJson([{ error }])).toEqual([{ error: said }])
  })

  test('says what led to an error that has a JSON form of its own', () => {
    const error = Object.assign(new Error('a', { cause: new Error('b') }), { toJSON: () => ({ code: 'E' }) })

    expect(toJson(error)).toMatchObject({ code: 'E', causes: [{ message: 'b' }] })
  })

  test('keeps the text that an error has for its JSON whole, beside its causes', () => {
    expect(toJson(withText)).toMatchObject({ message: 'a', causes: [{ message: 'b' }] })
    expect(Object.keys(Object(toJson(withText)))).toEqual(['message', 'causes'])
  })

  test('says of an error that is its own JSON form what it says of any', () => {
    expect(toJson(withItself(new RangeError('a', { cause: new Error('b') })))).toMatchObject({
      ...{ name: 'RangeError', message: 'a', causes: [{ message: 'b' }] },
    })
  })

  test.for([1998, 1999, 2000, 2001])('cuts a text of wide characters between two of them (%d)', (before) => {
    const said = toJson({ a: `${'x'.repeat(before)}\u{1f600}\u{1f600}` }) as { a: string }

    expect(said.a.replace(/x+/, '')).toMatch(/^(\u{1f600})*\u2026?$/u)
    expect(said.a.length).toBeLessThanOrEqual(2001)
  })

  test('cuts names of functions, kinds and elements between characters, and properties, too', () => {
    const name = `${'x'.repeat(39)}\u{1f600}`
    const values = [
      Object.defineProperty(() => 0, 'name', { value: name.slice(1) }),
      { [Symbol.toStringTag]: `Window${'\u{1f600}'.repeat(30)}x` },
      new FakeElement(`x${'\u{1f600}'.repeat(30)}`),
      { [`${'x'.repeat(1999)}\u{1f600}`]: 1 },
    ]

    for (const value of values) expect(JSON.stringify(toJson(value))).not.toMatch(/\\ud/)
  })

  test('puts U+FFFD in the place of half a character', () => {
    expect(toJson(['a\ud83db', '\ude00', 'a\u{1f600}', 'a\ud83d'])).toEqual([
      'a\ufffdb',
      '\ufffd',
      'a\u{1f600}',
      'a\ufffd',
    ])
  })

  test('says what else an error has', () => {
    expect(toJson(Object.assign(new Error('no'), { status: 503 }))).toMatchObject({ message: 'no', status: 503 })
    // what led to it stands in `causes`
    expect(toJson(Object.assign(new Error('no'), { cause: 'why' }))).not.toHaveProperty('cause')
  })

  test('says where it comes round to itself, and the same thing twice', () => {
    const shared = { a: 1 }

    expect(toJson(circle)).toEqual({ name: 'circle', self: '[circular]' })
    expect(toJson([shared, shared])).toEqual([{ a: 1 }, { a: 1 }])
    expect(toJson(new Map([['circle', circle]]))).toEqual([['circle', { name: 'circle', self: '[circular]' }]])
  })

  test.for<[string, unknown, unknown]>([
    ['a getter', Object.defineProperty({ b: 1 }, 'a', { get: fails, enumerable: true }), { a: '[unreadable]', b: 1 }],
    ['toJSON', { toJSON: fails }, '[unreadable]'],
    ['a proxy', new Proxy({}, { ownKeys: fails }), '[unreadable]'],
    ['a proxy for everything', new Proxy({}, { get: fails }), '[unreadable]'],
    ['a revoked proxy', revoked(), '[unreadable]'],
    ['an iterator', Object.assign([1], { [Symbol.iterator]: fails }), '[unreadable]'],
    ['the name of a function', Object.defineProperty(() => 0, 'name', { get: fails }), '[unreadable]'],
  ])('outlives the throw of %s', ([, value, expected]) => {
    expect(toJson(value)).toEqual(expected)
    expect(toJson([value, 'next'])).toEqual([expected, 'next'])
  })

  test('does not ask a toJSON that every object has', () => {
    const extended = Object.prototype as { toJSON?: unknown }
    extended.toJSON = () => '"quoted"'
    try {
      expect(toJson([{ a: [1] }, new Map([['b', 2]])])).toEqual([{ a: [1] }, [['b', 2]]])
      expect(toJson({ toJSON: () => 'own' })).toBe('own')
    } finally {
      delete extended.toJSON
    }
  })

  test('outlives an error whose message throws', () => {
    const error = Object.defineProperty(new TypeError('a'), 'message', { get: fails })

    expect(toJson(error)).toMatchObject({ name: 'TypeError', message: '[unreadable]' })
  })
})

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}
