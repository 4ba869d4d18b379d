import { expect, test } from 'vitest'
import { charge } from '../../bench/trace/charge.ts'

const task = (start: number, end: number, cpu = (end - start) / 1000) => ({ start, end, cpu })

test.for([
  ['nothing', [], [0, 0]],
  ['a part of one', [{ start: 100, end: 300 }], [0.2, 0]],
  ['all of one, however far it reaches into the gap', [{ start: 0, end: 1500 }], [1, 0]],
  ['a part of both', [{ start: 900, end: 2250 }], [0.1, 0.25]],
  [
    'several parts',
    [
      { start: 0, end: 100 },
      { start: 200, end: 300 },
      { start: 2000, end: 2100 },
    ],
    [0.2, 0.1],
  ],
] as const)('takes %s of two tasks', ([, stretches, expected]) => {
  const charged = charge([task(0, 1000), task(2000, 3000)], [...stretches])

  expect(charged.map((ms) => Number(ms.toFixed(6)))).toEqual(expected)
})

test('takes a share of the CPU time, where the machine was busy with something else', () => {
  expect(charge([task(0, 1000, 0.4)], [{ start: 0, end: 500 }])).toEqual([0.2])
})

test('takes nothing of a task without length', () => {
  expect(charge([task(5, 5, 0.1)], [{ start: 0, end: 10 }])).toEqual([0])
})
