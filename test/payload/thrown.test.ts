import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { textOf, thrown } from '../../src/payload/thrown'

const fails = () => {
  throw new Error('no')
}

describe('thrown', () => {
  test('tells an error by its message and its stack', () => {
    expect(thrown(new TypeError('a'))).toEqual({ message: 'a', stack: expect.stringContaining('TypeError: a\n') })
  })

  test('names an error whose stack has only frames, as in Firefox and Safari', () => {
    const stack = 'load@https://shop.test/app.js:1:2'
    const named = (name: unknown, message = 'a') => thrown(Object.assign(new Error(message), { stack, name })).message

    expect(named('TypeError')).toBe('TypeError: a')
    expect(named('TypeError', 'a TypeError')).toBe('a TypeError')
    expect([named('Error'), named(''), named(5)]).toEqual(['a', 'a', 'a'])
  })

  test('tells an error of which nobody knows but its name by that', () => {
    expect(thrown(new RangeError()).message).toBe('RangeError')
  })

  test('tells by its content what calls itself an error and has no message', () => {
    const refused = { code: 402, [Symbol.toStringTag]: 'PaymentError' }

    expect(thrown(refused).message).toMatch(/"code":402/)
  })

  test('tells by its own text what has no content, and neither where that is none, or throws', () => {
    class Refusal {
      #code = 402
      toString() {
        return `refused: ${this.#code}`
      }
    }

    expect(thrown(new Refusal()).message).toBe('refused: 402')
    class Silent {
      toString() {
        return ''
      }
    }
    class Hostile {
      toString() {
        throw new Error('no')
      }
    }
    for (const value of [{}, new Silent(), new Hostile(), new Error('{}')]) expect(thrown(value).message).toBe('{}')
  })

  test('keeps the frames of a stack that begins with a long message', () => {
    const error = new Error('m'.repeat(3000))
    const deep = thrown(new Error('outer', { cause: error }))

    for (const stack of [thrown(error).stack, deep.causes?.[0]?.stack])
      expect(stack).toMatch(/^Error: m{500}…\n\s+at .*thrown\.test/)
    expect(textOf(error)).toMatch(/"stack":"Error: m{500}…\\n\s+at /)
  })

  test.for([470, 480, 499])('tells no part of a password where a long message is cut in a stack (%d)', (before) => {
    const message = `${'m'.repeat(before)} https://ann:${'s3cret'.repeat(90)}@shop.test/goods ${'y'.repeat(600)}`

    expect(thrown(new Error('outer', { cause: new Error(message) })).causes?.[0]?.stack).not.toMatch(/s3c|ann/)
    expect(thrown(new Error(message)).stack).not.toMatch(/s3c|ann/)
  })

  test('tells the name of an error that no stack tells', () => {
    const named = (name: unknown, stack = '') => Object.assign(new Error('a'), { name, stack })

    for (const stack of [undefined, 'f@https://shop.test/a.js:1:2']) {
      const aborted = Object.defineProperty(new DOMException('was aborted', 'AbortError'), 'stack', { value: stack })
      expect(thrown(aborted).message).toBe('AbortError: was aborted')
    }
    expect(thrown(named('CardError')).message).toBe('CardError: a')
    for (const told of [
      named('Error'),
      named('TypeError', 'TypeError: a\n at f'),
      named(''),
      named({}),
      named(undefined),
    ])
      expect(thrown(told).message).toBe('a')
    expect(thrown(Object.defineProperty(named(''), 'name', { get: fails })).message).toBe('a')
    expect(thrown(named('CardError'), 'Uncaught CardError: a').message).toBe('Uncaught CardError: a')
  })

  test('tells no stack where a page has made something else of it', () => {
    expect(thrown(Object.assign(new Error('a'), { stack: [{}] })).stack).toBe('')
  })

  test('tells an error in the words of the browser if there are any', () => {
    expect(thrown(new TypeError('a'), 'Uncaught TypeError: a').message).toBe('Uncaught TypeError: a')
    expect(thrown(null, 'Script error.')).toEqual({ message: 'Script error.', stack: '' })
  })

  test('tells an error by its own message where the browser says nothing but the name', () => {
    const late = Object.defineProperty(new TypeError(), 'message', { get: () => 'a' })
    const coded = Object.assign(new TypeError(), { message: { code: 402 } })

    for (const said of ['Uncaught TypeError', 'TypeError', 'TypeError: ', undefined]) {
      expect(thrown(late, said).message).toBe('a')
      expect(thrown(coded, said).message).toBe('{"code":402}')
    }
    expect(thrown(coded, 'TypeError: [object Object]').message).toBe('{"code":402}')
    expect(thrown(new TypeError(), 'Uncaught TypeError').message).toBe('Uncaught TypeError')
  })

  test('tells what led to an error where something of that is nothing', () => {
    const { causes } = thrown(new AggregateError([undefined, new Error('b'), null], 'a'))

    expect(causes).toMatchObject([
      { type: 'Undefined', message: 'undefined', stack: '' },
      { type: 'Error', message: 'b' },
      { type: 'Null', message: 'null', stack: '' },
    ])
  })

  const values: [value: unknown, message: string][] = [
    [{ status: 402, reason: 'card refused' }, '{"status":402,"reason":"card refused"}'],
    [{ message: 'card refused', status: 402 }, '{"message":"card refused","status":402}'],
    ['card refused', 'card refused'],
    [402, '402'],
    [['a', { b: 1 }], '["a",{"b":1}]'],
    [Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
    [Symbol('card'), 'Symbol(card)'],
    [new Response('', { status: 404, statusText: 'gone' }), '{"url":"","status":404,"statusText":"gone"}'],
    [Object.assign(new Event('refused'), {}), expect.stringContaining('"type":"refused"') as unknown as string],
    [function refuse() {}, '[function refuse]'],
    [undefined, 'undefined'],
    [null, 'null'],
    ['', ''],
    [false, 'false'],
    [new Proxy({}, { get: fails, ownKeys: fails, getPrototypeOf: fails }), '[unreadable]'],
  ]

  test('tells what is no error by its content, thrown or not', () => {
    for (const [value, message] of values) {
      expect(thrown(value)).toEqual({ message, stack: '' })
      if (value != null) expect(thrown(value, 'Uncaught [object Object]')).toEqual({ message, stack: '' })
    }
  })

  test('tells what led to an error, each as text', () => {
    const cause = Object.assign(new RangeError('deep', { cause: { code: 7 } }), { stack: 'at deep' })

    expect(thrown(new Error('a', { cause })).causes).toEqual([
      { type: 'RangeError', message: 'deep', stack: 'at deep' },
      { type: 'Object', message: '{"code":7}', stack: '' },
    ])
  })

  test('tells of no cause that there was no room for', () => {
    const many = Array.from({ length: 10 }, () => Object.assign(new Error('x'.repeat(1500)), { stack: '' }))
    const { causes = [] } = thrown(new AggregateError(many, 'all'))

    expect(causes.length).toBeGreaterThan(3)
    expect(causes.length).toBeLessThan(10)
    expect(causes.map(({ type }) => type)).toEqual(causes.map(() => 'Error'))
  })

  test('tells an error of another document, and one behind a proxy, as any other', () => {
    const other = runInNewContext('new TypeError("a", { cause: new Error("b") })')
    const own = new TypeError('a', { cause: new Error('b') })

    for (const error of [other, new Proxy(own, {})])
      expect(thrown(error)).toMatchObject({ message: 'a', causes: [{ message: 'b' }] })
  })

  test('keeps its form and its bounds whatever is too long, or throws', () => {
    const long = 'x'.repeat(10_000)
    const many = Array.from({ length: 30 }, () => Object.assign(new Error(long), { stack: long }))
    const hostile = new Error('a', { cause: new Proxy(new Error('b'), { get: fails }) })
    const unreadable = { get: fails }
    Object.defineProperties(hostile, { stack: unreadable, message: unreadable })
    const told = thrown(new AggregateError(many, long))

    expect(JSON.stringify(told).length).toBeLessThan(10_000)
    for (const { causes = [] } of [told, thrown(hostile)])
      for (const cause of causes)
        expect(Object.values(cause).map((part) => typeof part)).toEqual(Array(3).fill('string'))
    expect(thrown(hostile)).toMatchObject({ message: '[unreadable]', stack: '[unreadable]' })
  })
})

describe('textOf', () => {
  test('is a text as it is, nothing as an empty one, and all else as JSON', () => {
    expect(['a', undefined, null, { a: 1 }, 0].map(textOf)).toEqual(['a', '', '', '{"a":1}', '0'])
  })
})
