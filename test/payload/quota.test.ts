import { describe, expect, test } from 'vitest'
import { quota } from '../../src/payload/quota'
import type { Reading } from '../../src/payload/reading'
import { reading } from '../helpers/readings'

const mark = reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 0 })
const task = reading('view.longTasks[]', { name: 'self', startTime: 0, duration: 50 })
const metric = reading('metrics', { lcp: 0 })
const entry = reading('view.resources[]', { name: '/a.js' } as never)
const cut = reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 0 }, 'action')
const line = (characters: number) =>
  reading('view.console[]', { type: 'debug', timeStamp: 0, value: { 0: 'x'.repeat(characters) } })
const count = (room: ReturnType<typeof quota>, one: Reading, times: number) =>
  Array.from({ length: times }, () => room.accept(one)).filter(Boolean).length

describe('quota', () => {
  test('lets so many items of each list pass, and counts the others', () => {
    const room = quota(3)

    expect([count(room, mark, 3), count(room, task, 5)]).toEqual([3, 3])
    expect(count(room, mark, 2)).toBe(0)
    expect(room.dropped).toEqual({ 'view.marks[]': 2, 'view.longTasks[]': 2 })
  })

  test('gives an item of a list its size, and nothing else', () => {
    const room = quota(3)

    expect(room.accept(line(1000))?.size).toBeGreaterThan(1000)
    expect([metric, entry].map((one) => room.accept(one)?.size)).toEqual([0, 0])
  })

  test('knows no size of an item that is worked out late', () => {
    const late = { field: 'view.marks[]', late: () => ({ name: 'HE-a' }) } as unknown as Reading

    expect(quota(3).accept(late)).toMatchObject({ field: 'view.marks[]', size: 0, late: expect.any(Function) })
  })

  test('has nothing to tell where nothing was turned away', () => {
    const room = quota(3)
    count(room, mark, 3)
    room.accept({ field: 'view.resources[]', batch: [1, 2, 3] } as unknown as Reading)

    expect(room.dropped).toBeUndefined()
  })

  test('begins anew with each sampling period', () => {
    const room = quota(3)
    count(room, mark, 5)
    room.reset()

    expect(count(room, mark, 5)).toBe(3)
    expect(room.dropped).toEqual({ 'view.marks[]': 4 })
  })

  test('lets ten times as many values pass, and every cut', () => {
    const room = quota(3)
    count(room, mark, 5)

    expect([count(room, metric, 31), count(room, cut, 40)]).toEqual([30, 40])
    expect(room.dropped).toEqual({ 'view.marks[]': 2, metrics: 1 })
  })

  test('lets ten times as many entries wait, over all periods, until some have left', () => {
    const room = quota(3)

    expect(count(room, entry, 40)).toBe(30)
    room.reset()
    expect(count(room, entry, 1)).toBe(0)
    room.release(4)
    expect(count(room, entry, 9)).toBe(4)
    expect(room.dropped).toEqual({ 'view.resources[]': 16 })
  })

  test('lets no more items pass when there are 500,000 characters, but values', () => {
    const room = quota(1000)

    expect(count(room, line(99_000), 9)).toBe(6)
    expect([count(room, mark, 1), count(room, metric, 1), count(room, entry, 1)]).toEqual([0, 1, 1])
    room.reset()
    expect(count(room, mark, 1)).toBe(1)
  })

  test('counts what is lost later by its cause, until that is taken', () => {
    const room = quota(3)
    room.drop('full')
    room.drop('full')
    room.drop('old')

    expect(room.dropped).toEqual({ full: 2, old: 1 })
  })

  test('takes of a batch the items that there is room for', () => {
    const room = quota(3)
    const batch = (count: number) => ({ field: 'view.resources[]', batch: Array(count).fill({}) }) as unknown as Reading

    expect(room.accept(batch(20))?.batch).toHaveLength(20)
    expect(room.accept(batch(20))?.batch).toHaveLength(10)
    expect(room.accept(batch(20))).toBeUndefined()
    expect(room.dropped).toEqual({ 'view.resources[]': 30 })
    room.release(4)
    expect(room.accept(batch(20))?.batch).toHaveLength(4)
  })
})
