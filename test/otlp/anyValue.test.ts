import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnyValue, anyValue, keyValues, whole } from '../../src/otlp/anyValue'

/** What a receiver makes of it. */
const read = (value: AnyValue): unknown => {
  const { stringValue, boolValue, doubleValue, arrayValue, kvlistValue } = value
  if (arrayValue) return arrayValue.values.map(read)
  if (kvlistValue) return new Map(kvlistValue.values.map(({ key, value }) => [key, read(value)]))
  return stringValue ?? boolValue ?? doubleValue ?? null
}
const expected = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(expected)
  if (Object(value) !== value) return value
  const told = Object.entries(value as object).filter(([, part]) => part !== null && part !== '')
  return new Map(told.map(([key, part]) => [key, expected(part)]))
}

describe('anyValue', () => {
  test('tells any JSON value as it is', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void expect(read(anyValue(value))).toEqual(expected(value))))
  })

  test('tells a whole number as a text, which it has 64 bits for', () => {
    expect(anyValue(whole(200))).toEqual({ intValue: '200' })
    expect([whole(1.5), whole(undefined), whole('1')]).toEqual([undefined, undefined, undefined])
  })
})

test('keyValues leaves out what is empty, and keeps zeros and false', () => {
  expect(keyValues({ a: undefined, b: null, c: '', d: 0, e: false })).toEqual([
    { key: 'd', value: { doubleValue: 0 } },
    { key: 'e', value: { boolValue: false } },
  ])
})
