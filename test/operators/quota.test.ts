import { describe, expect, test } from 'vitest'
import { quota } from '../../src/operators/quota'
import type { Reading } from '../../src/sources/reading'
import { reading } from '../helpers/readings'

const mark = reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 0 })
const task = reading('view.longTasks[]', { name: 'self', startTime: 0, duration: 50 })
const metric = reading('metrics', { lcp: 0 })
const cut = reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 0 }, 'action')
const count = (room: ReturnType<typeof quota>, one: Reading, times: number) =>
  Array.from({ length: times }, () => room.admits(one)).filter(Boolean).length

describe('quota', () => {
  test('lets so many items of each list pass, and counts the others', () => {
    const room = quota(3)

    expect([count(room, mark, 3), count(room, task, 5)]).toEqual([3, 3])
    expect(count(room, mark, 2)).toBe(0)
    expect(room.told()).toEqual({ 'view.marks[]': 2, 'view.longTasks[]': 2 })
  })

  test('has nothing to tell where nothing was turned away', () => {
    const room = quota(3)
    count(room, mark, 3)

    expect(room.told()).toBeUndefined()
  })

  test('begins anew with each sampling period', () => {
    const room = quota(3)
    count(room, mark, 5)
    room.renew()

    expect(count(room, mark, 5)).toBe(3)
    expect(room.told()).toEqual({ 'view.marks[]': 4 })
  })

  test('always lets values and cuts pass', () => {
    const room = quota(3)
    count(room, mark, 5)

    expect([count(room, metric, 9), count(room, cut, 2)]).toEqual([9, 2])
    expect(room.told()).toEqual({ 'view.marks[]': 2 })
  })

  test('counts what is lost later by its cause, and tells each loss once', () => {
    const room = quota(3)
    room.lose('full')
    room.lose('full')
    room.lose('old')

    expect(room.told()).toEqual({ full: 2, old: 1 })
    expect(room.told()).toBeUndefined()
  })
})
