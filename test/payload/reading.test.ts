import { of } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { cutFor, into, intoBatches, type Reading, unbatched, valueIn, withValue } from '../../src/payload/reading'
import { reading } from '../helpers/readings'
import { watch } from '../helpers/watch'

describe('into', () => {
  test('names the field that values go into, and keeps the values', () => {
    expect(watch(of(0, 5e6).pipe(into('view.usedMemory'))).seen).toEqual([
      { field: 'view.usedMemory', value: 0 },
      { field: 'view.usedMemory', value: 5e6 },
    ])
  })

  test('takes a function for a late value, and does not call it', () => {
    const late = vi.fn(() => 5e6)

    expect(watch(of(late).pipe(into('view.usedMemory'))).seen).toEqual([{ field: 'view.usedMemory', late }])
    expect(late).not.toHaveBeenCalled()
  })
})

describe('valueIn', () => {
  test('is the value of a reading, an empty one too', () => {
    expect([0, 5e6].map((value) => valueIn(reading('view.usedMemory', value)))).toEqual([0, 5e6])
  })

  test('works a late value out once, from what stands in its place', () => {
    const late = vi.fn((until: { name: string }) => ({ name: until.name.toUpperCase() }))
    const one = { field: 'view.marks[]', value: { name: 'a' }, late } as unknown as Reading

    expect([valueIn(one), valueIn(one)]).toEqual([{ name: 'A' }, { name: 'A' }])
    expect(one.value).toEqual({ name: 'A' })
    expect(late).toHaveBeenCalledOnce()
  })

  test('is nothing, once and for all, where a late value has nothing to report', () => {
    const late = vi.fn(() => undefined)
    const one = { field: 'metrics', late } as unknown as Reading

    expect([valueIn(one), valueIn(one)]).toEqual([undefined, undefined])
    expect(late).toHaveBeenCalledOnce()
  })
})

describe('unbatched', () => {
  const doubled = (item: number) => item * 2
  const batchOf = (...items: number[]) => watch(of(items).pipe(intoBatches('view.usedMemory', doubled))).seen

  test('makes one late reading of each item of a batch, in their order', () => {
    const readings = batchOf(1, 2, 3).flatMap(unbatched)

    expect(readings.map(({ field }) => field)).toEqual(Array(3).fill('view.usedMemory'))
    expect(readings.map(valueIn)).toEqual([2, 4, 6])
  })

  test('is none for an empty batch', () => {
    expect(batchOf().flatMap(unbatched)).toEqual([])
  })

  test('leaves any other reading as it is', () => {
    const one = reading('view.usedMemory', 0)

    expect(unbatched(one)).toEqual([one])
    expect(unbatched(one)[0]).toBe(one)
  })
})

describe('cutFor', () => {
  test('says nothing but that the sample ends', () => {
    expect(cutFor('route')).toEqual({ field: 'view', value: {}, cut: 'route' })
  })
})

describe('withValue', () => {
  const late = () => vi.fn(() => 5e6)
  const lateOne = (value: () => number): Reading => withValue({ field: 'view.usedMemory', late: value } as never)

  test('is a reading that has its value already, as it is', () => {
    const one = reading('view.usedMemory', 1)

    expect(withValue(one)).toBe(one)
  })

  test('works its value out when it is read first, and once', () => {
    const value = late()
    const one = lateOne(value)
    expect(value).not.toHaveBeenCalled()

    expect([one.value, one.value, valueIn(one)]).toEqual([5e6, 5e6, 5e6])
    expect(value).toHaveBeenCalledOnce()
  })

  test('has the value that replaces it, without working out the old one', () => {
    const value = late()
    const one = lateOne(value)
    one.value = 1

    expect([one.value, valueIn(one)]).toEqual([1, 1])
    expect(value).not.toHaveBeenCalled()
  })

  test('gives a copy its value, and lets it have another one', () => {
    const one = lateOne(late())

    expect({ ...one }).toEqual({ field: 'view.usedMemory', value: 5e6 })
    expect(valueIn({ ...one, value: 1 } as Reading)).toBe(1)
  })

  test('keeps why its sample closes', () => {
    const cut = { field: 'view.usedMemory', late: late(), cut: 'action' } as never

    expect({ ...withValue(cut) }).toEqual({ field: 'view.usedMemory', value: 5e6, cut: 'action' })
  })
})
