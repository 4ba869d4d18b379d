import { describe, expect, test } from 'vitest'
import { messageOf } from '../../src/payload/messageOf'

describe('messageOf', () => {
  test.for<[unknown, string]>([
    [new TypeError('broken'), 'TypeError: broken'],
    [new DOMException('denied', 'SecurityError'), 'SecurityError: denied'],
    ['timeout', 'timeout'],
    ['', ''],
    [5, '5'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{}, '[object Object]'],
    [{ toString: () => 'of their own' }, 'of their own'],
  ])('says of %o: %s', ([error, message]) => {
    expect(messageOf(error)).toBe(message)
  })

  const hostile = () => {
    throw new Error('no')
  }
  test.for<[string, unknown]>([
    ['an error whose message throws', Object.defineProperty(new Error(), 'message', { get: hostile })],
    ['an object that throws when it is made a text', { toString: hostile }],
    ['a proxy that lets nobody look', new Proxy({}, { get: hostile })],
    ['a symbol, which is no text', Symbol('broken')],
    ['an object without a prototype', Object.create(null)],
    ['an object whose text is none', { toString: () => ({}) }],
  ])('is unreadable, and never throws, for %s', ([, error]) => {
    expect(messageOf(error)).toBe('[unreadable]')
  })
})
