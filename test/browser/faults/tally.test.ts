import { expect, test } from 'vitest'
import type { Arrival } from '../harness/inbox.ts'
import { Tally } from './tally.ts'

const arrival = (id: string, numbers: string, answer: Arrival['answer'] = {}) =>
  ({ payload: { beacon: { id } }, text: JSON.stringify(numbers), answer }) as Arrival

test('a receiver has what it took, and of two with one id the first', () => {
  const tally = new Tally().count([arrival('a', '#f-1# #f-2#'), arrival('a', '#f-1# #f-3#'), arrival('b', '#f-4#')])
  expect([...tally.arrived]).toEqual(['#f-1#', '#f-2#', '#f-4#'])
  expect(tally.repeated).toBe(1)
  expect(tally.underTwoIds).toEqual({})
})

test('what is refused, reset or never answered has not arrived', () => {
  const refused = [{ status: 503 }, 'reset', 'hang'] as const
  const tally = new Tally().count(refused.map((answer) => arrival('a', '#f-1#', answer)))
  expect(tally.arrived.size).toBe(0)
  expect(tally.count([...refused.map(() => arrival('', '')), arrival('a', '#f-1#')]).arrived.size).toBe(1)
})

test('a number under two ids is seen, even where one of them got no answer', () => {
  const tally = new Tally().count([arrival('a', '#f-1#', 'hang'), arrival('b', '#f-1#')])
  expect(tally.underTwoIds).toEqual({ '#f-1#': ['a', 'b'] })
})

test('a beacon that was too large may come again under two', () => {
  const tally = new Tally().count([
    arrival('a', '#f-1# #f-2#', { status: 413 }),
    arrival('a', '#f-1#'),
    arrival('a.1', '#f-2#'),
  ])
  expect(tally.underTwoIds).toEqual({})
  expect(tally.arrived.size).toBe(2)
})
