import { describe, expect, test } from 'vitest'
import { isText } from '../../src/payload/isText'

describe('isText', () => {
  test('tells texts, the empty one too, from what is none', () => {
    expect(['', 'a', `${1}`].map(isText)).toEqual([true, true, true])
    expect([0, null, undefined, {}, ['a'], Symbol('a'), new String('a')].some(isText)).toBe(false)
  })
})
