import { of } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { consoleLog } from '../../src/devtools/consoleLog'
import type { Step } from '../../src/devtools/step'
import { fakePage } from '../helpers/page'
import { stepWith } from '../helpers/steps'
import { watch } from '../helpers/watch'

const shown = (...steps: Step[]) => {
  const measure = vi.fn((_name: string, _options: { start: number; end: number; detail: unknown }) => {})
  const page = fakePage({ performance: { measure } })
  expect(watch(consoleLog(page)(of(...steps))).end.completed).toBe(true)
  return { printed: page.logged, drawn: measure.mock.calls }
}

/** `name start-end` of what was drawn. */
const spans = (...steps: [type: string, timeStamp: number, id?: string][]) =>
  shown(...steps.map(([type, timeStamp, id]): Step => stepWith(type, { timeStamp, ...(id && { id }) }))).drawn.map(
    ([name, { start, end }]) => `${name.trim()} ${start}-${end}`,
  )

describe('consoleLog', () => {
  test('prints each step as a collapsed group, under what it says in a line', () => {
    const step = stepWith('sent', {
      timeStamp: 12.6,
      id: 'a',
      seq: 3,
      bytes: 0,
      retryIn: 1682.5661946246685,
      payload: { view: {} },
      list: [],
      dropped: undefined,
    })

    expect(shown(step).printed).toEqual([
      { method: 'groupCollapsed', args: ['%ccrum sent%c seq 3, bytes 0, retryIn 1682.6', 'color:green', ''] },
      { method: 'log', args: [step] },
      { method: 'groupEnd', args: [] },
    ])
  })

  test.for([
    ['sent', 'green'],
    ['drop', 'red'],
    ['error', 'red'],
    ['sample', 'gray'],
  ] as const)('colours %s %s', ([type, colour]) => {
    expect(shown(stepWith(type)).printed[0]?.args[1]).toBe(`color:${colour}`)
  })

  test('draws each sample from the end of the one before', () => {
    expect(spans(['sample', 5], ['skip', 5], ['sample', 10])).toEqual(['sample 5-5', 'skip 5-5', 'sample 5-10'])
  })

  test('draws the first sample of a view from its beginning, and from the load of the page', () => {
    const first = spans(['init', 1], ['session', 2], ['sample', 3])
    const loaded = spans(['init', 1], ['session', 2], ['load', 4], ['sample', 9], ['sample', 14])
    const restored = spans(['sample', 9], ['session', 50], ['sample', 55])

    expect(first.at(-1)).toBe('sample 2-3')
    expect(loaded.slice(-2)).toEqual(['sample 4-9', 'sample 9-14'])
    expect(restored.at(-1)).toBe('sample 50-55')
  })

  test('draws the samples of each lane for themselves', () => {
    const sample = (timeStamp: number, reason = 'sample') => stepWith('sample', { timeStamp, reason })
    const drawn = shown(...[sample(5), sample(6, 'entries'), sample(8, 'entries'), sample(10)]).drawn.map(
      ([, { start, end }]) => `${start}-${end}`,
    )

    expect(drawn).toEqual(['5-5', '6-6', '6-8', '5-10'])
  })

  test('draws each beacon from sending to its answer, one try after the other', () => {
    expect(spans(['send', 5, 'a'], ['send', 6, 'b'], ['retry', 8, 'a'], ['sent', 9, 'b'], ['drop', 20, 'a'])).toEqual([
      ...['send 5-5', 'send 6-6', 'retry 5-8', 'sent 6-9', 'drop 8-20'],
    ])
  })

  test('draws in a track of its own', () => {
    expect(shown({ type: 'skip', timeStamp: 5 }).drawn[0]?.[1].detail).toEqual({ devtools: { track: 'crum' } })
  })

  test('prints single readings in the group of the next sample of their lane, and draws none', () => {
    const reading = (field: string) => stepWith('reading', { field })
    const [mark, entry, metric] = [reading('view.marks[]'), reading('view.resources[]'), reading('metrics')]
    const sample = (reason: string) => stepWith('sample', { reason })
    const { printed, drawn } = shown(
      ...[mark, entry, metric, sample('sample'), sample('entries'), sample('sample'), entry],
    )

    expect(printed.filter(({ args }) => args[0] === 'readings').map(({ args }) => args[1])).toEqual([
      [mark, metric],
      [entry],
    ])
    expect(printed.map(({ method }) => method)).toEqual([
      ...['groupCollapsed', 'log', 'log', 'groupEnd'],
      ...['groupCollapsed', 'log', 'log', 'groupEnd'],
      ...['groupCollapsed', 'log', 'groupEnd'],
    ])
    expect(drawn).toHaveLength(3)
  })
})
