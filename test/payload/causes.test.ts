import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { causesOf, isError, tagOf } from '../../src/payload/causes'

const fails = () => {
  throw new Error('no')
}
const messages = (error: unknown) => causesOf(error)?.map(({ message }) => message)
const chain = (length: number): Error =>
  length ? new Error(`${length}`, { cause: chain(length - 1) }) : new Error('last')

describe('isError', () => {
  test.for<[string, unknown, boolean]>([
    ['an error', new TypeError('a'), true],
    ['one of another document', runInNewContext('new TypeError()'), true],
    ['one of the browser', new DOMException('a'), true],
    ['one of an old library', Object.create(Error.prototype), true],
    ['one behind a proxy', new Proxy(new Error('a'), {}), true],
    ['an object with a message', { message: 'a' }, false],
    ['what throws when it is looked at', new Proxy({}, { get: fails, getPrototypeOf: fails }), false],
    ['nothing', undefined, false],
  ])('knows %s', ([, value, expected]) => {
    expect(isError(value)).toBe(expected)
  })
})

describe('tagOf', () => {
  test('is what a value is by its own account', () => {
    expect([{}, [], null, new Date()].map(tagOf)).toEqual(['Object', 'Array', 'Null', 'Date'])
  })
})

describe('causesOf', () => {
  test('is nothing where an error stands alone, or what is asked is none', () => {
    expect([new Error('a'), { cause: 'b' }, 'c', null].map(causesOf)).toEqual(Array(4).fill(undefined))
  })

  test('follows causes three levels deep', () => {
    expect(messages(chain(5))).toEqual(['4', '3', '2'])
  })

  test('has the cause before the inner errors, and these before what is behind them', () => {
    const inner = new AggregateError([new Error('deep')], 'inner')

    expect(messages(new AggregateError([inner, 'text'], 'all', { cause: new Error('cause') }))).toEqual([
      ...['cause', 'inner', 'text', 'deep'],
    ])
  })

  test('tells the two errors of one that was suppressed by another', () => {
    const both = Object.assign(new Error('a'), { error: new Error('b'), suppressed: new Error('c') })

    expect(messages(both)).toEqual(['b', 'c'])
  })

  test('looks behind nine, and tells of ten', () => {
    const nine = Array.from({ length: 9 }, (_, at) => new Error(`${at}`, { cause: `behind ${at}` }))

    expect(messages(new AggregateError(nine))).toEqual([...'012345678', 'behind 0'])
  })

  test('names what an error is, and what is none by its kind', () => {
    const error = new AggregateError([new RangeError('a'), { status: 402 }])

    expect(causesOf(error)).toMatchObject([
      { type: 'RangeError', message: 'a', stack: expect.stringContaining('RangeError: a') },
      { type: 'Object', message: { status: 402 }, stack: '' },
    ])
  })

  test('ends in a circle, and after ten', () => {
    const one = new Error('one')
    const other = new Error('other', { cause: one })
    one.cause = other

    expect(messages(one)).toEqual(['other'])
    expect(causesOf(new AggregateError(Array.from({ length: 5000 }, (_, at) => new Error(`${at}`))))).toHaveLength(10)
  })

  test('outlives a cause that throws', () => {
    const error = Object.defineProperty(new AggregateError(['b']), 'cause', { get: fails })

    expect(messages(error)).toEqual(['b'])
  })
})
