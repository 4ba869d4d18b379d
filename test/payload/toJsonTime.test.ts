import { afterEach, describe, expect, test, vi } from 'vitest'

/** Values whose reading takes so many ms each, by a clock that stands still otherwise, and which of them were read. */
const slowly = async (length: number) => {
  let time = 0
  vi.spyOn(Date, 'now').mockImplementation(() => time)
  // it takes the clock as it is when it comes
  vi.resetModules()
  const { toJson } = await import('../../src/payload/toJson')
  const reads: number[] = []
  const one = (wait: number) => (_: unknown, at: number) => ({
    get value() {
      time += wait
      reads.push(at)
      return at
    },
  })
  return { toJson, reads, slow: (count: number, wait = length) => Array.from({ length: count }, one(wait)) }
}
afterEach(() => vi.restoreAllMocks())

describe('toJson', () => {
  test('reads no further in a large value once it has taken too long', async () => {
    const { toJson, slow, reads } = await slowly(10)

    // the clock is asked from 100 characters on: a list costs 4, and each `{ value }` in it 13; those before count for 20 ms
    const first = Array.from({ length: 12 }, (_, value) => ({ value }))
    expect(toJson(slow(40))).toEqual([...first, '…'])
    expect(reads).toEqual([...first.keys()])
  })

  test('reads all of a large value that has not taken too long', async () => {
    const { toJson, slow } = await slowly(1)

    expect(toJson(slow(40))).toEqual(Array.from({ length: 40 }, (_, value) => ({ value })))
  })

  test('reads all of a large value that had to wait once, however long', async () => {
    const { toJson, slow } = await slowly(0)

    expect(toJson([...slow(20), ...slow(1, 1000), ...slow(19)])).toHaveLength(40)
  })

  test('reads all of a small value, however long it takes', async () => {
    const { toJson, slow } = await slowly(1000)

    expect(toJson(slow(7))).toEqual(Array.from({ length: 7 }, (_, value) => ({ value })))
  })
})
