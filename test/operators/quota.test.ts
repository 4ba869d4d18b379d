import { describe, expect, test } from 'vitest'
import { quota } from '../../src/operators/quota'
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
  Array.from({ length: times }, () => room.admit(one)).flat().length

describe('quota', () => {
  test('lets so many items of each list pass, and counts the others', () => {
    const room = quota(3)

    expect([count(room, mark, 3), count(room, task, 5)]).toEqual([3, 3])
    expect(count(room, mark, 2)).toBe(0)
    expect(room.lost).toEqual({ 'view.marks[]': 2, 'view.longTasks[]': 2 })
  })

  test('parts samples where they are cut', () => {
    const room = quota(3)

    expect([room.admit(metric), room.admit(cut)]).toEqual([[{ ...metric, isLast: false }], [{ ...cut, isLast: true }]])
  })

  test('parts samples at 48,000 characters, whenever they close otherwise', () => {
    const room = quota(1000)
    const lasts = (...all: Reading[]) => all.flatMap(room.admit).map(({ isLast }) => isLast)

    expect(lasts(line(40_000), line(7000), line(1000), line(40_000))).toEqual([false, false, true, false])
    // the clock
    room.renew(room.admit(mark)[0])
    expect(lasts(line(40_000), line(9000))).toEqual([false, true])
    // one that was cut earlier, and is taken up now
    expect(lasts(line(40_000))).toEqual([false])
    room.renew(room.admit(cut)[0])
    expect(lasts(line(40_000))).toEqual([false])
  })

  test('does not count entries in a sample, which go their own way', () => {
    const room = quota(1000)
    const large = reading('view.resources[]', { name: 'x'.repeat(50_000) } as never)

    expect(room.admit(large)).toEqual([{ ...large, isLast: false }])
  })

  test('goes on with a sampling period where a sample has only grown large', () => {
    const room = quota(3)
    count(room, mark, 3)
    room.renew({ ...mark, isLast: true })

    expect(count(room, mark, 1)).toBe(0)
    room.renew({ ...cut, isLast: true })
    expect(count(room, mark, 1)).toBe(1)
  })

  test('has nothing to tell where nothing was turned away', () => {
    const room = quota(3)
    count(room, mark, 3)

    expect(room.lost).toBeUndefined()
  })

  test('begins anew with each sampling period', () => {
    const room = quota(3)
    count(room, mark, 5)
    room.renew()

    expect(count(room, mark, 5)).toBe(3)
    expect(room.lost).toEqual({ 'view.marks[]': 4 })
  })

  test('lets ten times as many values pass, and every cut', () => {
    const room = quota(3)
    count(room, mark, 5)

    expect([count(room, metric, 31), count(room, cut, 40)]).toEqual([30, 40])
    expect(room.lost).toEqual({ 'view.marks[]': 2, metrics: 1 })
  })

  test('lets ten times as many entries wait, over all periods, until some have left', () => {
    const room = quota(3)

    expect(count(room, entry, 40)).toBe(30)
    room.renew()
    expect(count(room, entry, 1)).toBe(0)
    room.left(4)
    expect(count(room, entry, 9)).toBe(4)
    expect(room.lost).toEqual({ 'view.resources[]': 16 })
  })

  test('lets no more items pass when there are 500,000 characters, but values', () => {
    const room = quota(1000)

    expect(count(room, line(99_000), 9)).toBe(6)
    expect([count(room, mark, 1), count(room, metric, 1), count(room, entry, 1)]).toEqual([0, 1, 1])
    room.renew()
    expect(count(room, mark, 1)).toBe(1)
  })

  test('counts what is lost later by its cause, until that is taken', () => {
    const room = quota(3)
    room.lose('full')
    room.lose('full')
    room.lose('old')

    expect(room.lost).toEqual({ full: 2, old: 1 })
  })
})
