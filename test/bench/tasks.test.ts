import { expect, test } from 'vitest'
import { tasks } from '../../bench/trace/tasks.ts'
import { event, main, task } from './trace.ts'

test('are those of the thread, in their order, with their CPU time in ms', () => {
  const elsewhere = event('RunTask', 0, { tid: 9, dur: 500 })

  expect(tasks([task(5000, 1000, 800), elsewhere, task(1000, 2000)], main)).toEqual([
    { start: 1000, end: 3000, cpu: 2 },
    { start: 5000, end: 6000, cpu: 0.8 },
  ])
})

test('count a task within a task once', () => {
  expect(tasks([task(0, 1000), task(200, 300), task(1000, 100)], main)).toHaveLength(2)
})

test('leave out one that the end of the trace has cut', () => {
  expect(tasks([event('RunTask', 0, { ph: 'B' })], main)).toEqual([])
})
