import { expect, test } from 'vitest'
import { costs } from '../../bench/trace/costs.ts'
import type { TraceEvent } from '../../bench/trace/traceEvent.ts'
import { commit, event, profile, task } from './trace.ts'

const script = (name: string, url: string, ts: number, dur: number) => event(name, ts, { dur, args: { data: { url } } })

/** A load: the script is compiled and evaluated in one task, has a timer in the second, and nothing in the third. */
const load: TraceEvent[] = [
  commit('page', 0),
  task(1000, 10_000),
  script('EvaluateScript', 'client', 2000, 8000),
  script('v8.compile', 'client', 2000, 1000),
  task(20_000, 5000),
  task(30_000, 5000),
  script('EvaluateScript', 'page', 30_000, 5000),
  script('v8.compile', 'page', 30_000, 1000),
  ...profile([
    [2000, '(program)'],
    [3000, 'top@client'],
    [10_000, '(idle)'],
    [21_000, 'onTimer@client'],
    [23_000, '(idle)'],
    [31_000, 'top@page'],
    [35_000, '(idle)'],
  ]),
]

test('are what was compiled and run, what of it was evaluation, and the worst other task', () => {
  const { charged, evaluate, worstTask } = costs(load, 'page', (url) => url === 'client')

  expect({ charged, evaluate, worstTask }).toEqual({ charged: 10, evaluate: 8, worstTask: 2 })
})

test('are nothing for a page alone', () => {
  expect(costs(load, 'page', () => false)).toEqual({ charged: 0, evaluate: 0, worstTask: 0 })
})
