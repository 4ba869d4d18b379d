import { describe, expect, test } from 'vitest'
import { assertReading } from '../../src/payload/assertReading'
import { type Reading, valueIn } from '../../src/payload/reading'

const known = () => new Set(['view.usedMemory', 'view.marks[]'])

describe('assertReading', () => {
  test.for([
    { field: 'metrics', value: { lcp: 1 } },
    { field: 'view', value: {}, cut: 'route' },
    { field: 'view.marks[]', value: null },
    { field: 'view.usedMemory', value: 5 },
    { field: 'view.carts[]', value: [1] },
  ])('takes %o', (reading) => {
    expect(() => assertReading(reading as unknown as Reading, known())).not.toThrow()
  })

  test.for<[given: unknown, message: string]>([
    [null, 'null is no reading, expected {field, value} with a field like view.carts, view.carts[] or metrics'],
    ['text', '"text" is no reading'],
    [{ field: 5, value: 1 }, '{"field":5,"value":1} is no reading'],
    [{ field: ['metrics'], value: {} }, '{"field":["metrics"],"value":{}} is no reading'],
    [{ field: 'toString', value: {} }, 'is no reading'],
    [{ field: 'view.constructor', value: {} }, 'is no reading'],
    [{ field: 'view.__proto__[]', value: {} }, 'is no reading'],
    [{ field: 'session', value: {} }, 'is no reading'],
    [{ field: 'metrics.lcp', value: 1 }, 'is no reading'],
    [{ field: 'metrics', value: null }, 'the value of metrics is null, expected an object'],
    [{ field: 'view', value: [1] }, 'the value of view is [1], expected an object'],
    [
      { field: 'view.carts', value: () => 1 },
      'the value of view.carts is "[function value]", expected one with a JSON form',
    ],
    [{ field: 'view.usedMemory[]', value: 1 }, 'view.usedMemory[] is already known as view.usedMemory'],
    [{ field: 'view.marks', value: 1 }, 'view.marks is already known as view.marks[]'],
  ])('refuses %o', ([given, message]) => {
    expect(() => assertReading(given as Reading, known())).toThrow(message)
    expect(() => assertReading(given as Reading, known())).toThrow(TypeError)
  })

  test('shows no more than the beginning of what is long', () => {
    const given = 'x'.repeat(100) as unknown as Reading

    expect(() => assertReading(given, known())).toThrow(/^"x{79} is no reading/)
  })

  test('holds two sources of one field to the same form', () => {
    const fields = known()
    assertReading({ field: 'view.carts[]', value: 1 } as unknown as Reading, fields)

    expect(() => assertReading({ field: 'view.carts', value: 1 } as unknown as Reading, fields)).toThrow(
      'already known as view.carts[]',
    )
  })

  test('checks a late value when it is worked out', () => {
    const late = (value: unknown) => assertReading({ field: 'metrics', late: () => value } as never, known())

    expect(valueIn(late({ lcp: 1 }))).toEqual({ lcp: 1 })
    expect(valueIn(late(undefined))).toBeUndefined()
    expect(() => valueIn(late([1]))).toThrow('the value of metrics is [1], expected an object')
  })
})
