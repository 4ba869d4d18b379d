import { of } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { consoleLog } from '../../src/sinks/consoleLog'
import type { Step } from '../../src/sinks/step'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

const shown = (...steps: Step[]) => {
  const measure = vi.fn((_name: string, _options: { start: number; end: number; detail: unknown }) => {})
  const page = fakePage({ performance: { measure } })
  expect(watch(consoleLog(page)(of(...steps))).end.completed).toBe(true)
  return { printed: page.logged, drawn: measure.mock.calls }
}

/** `name start-end` of what was drawn. */
const spans = (...steps: [type: string, timeStamp: number, id?: string][]) =>
  shown(...steps.map(([type, timeStamp, id]): Step => ({ type, timeStamp, ...(id && { id }) }))).drawn.map(
    ([name, { start, end }]) => `${name.trim()} ${start}-${end}`,
  )

describe('consoleLog', () => {
  test('prints each step as a collapsed group, under what it says in a line', () => {
    const step = {
      type: 'sent',
      timeStamp: 12.6,
      id: 'a',
      seq: 3,
      bytes: 0,
      payload: { view: {} },
      list: [],
      dropped: undefined,
    }

    expect(shown(step).printed).toEqual([
      { method: 'groupCollapsed', args: ['%ccrum sent%c seq 3, bytes 0', 'color:green', ''] },
      { method: 'log', args: [step] },
      { method: 'groupEnd', args: [] },
    ])
  })

  test.for([
    ['sent', 'green'],
    ['drop', 'red'],
    ['error', 'red'],
    ['sample', 'gray'],
  ])('colours %s %s', ([type, colour]) => {
    expect(shown({ type: type as string, timeStamp: 0 }).printed[0]?.args[1]).toBe(`color:${colour}`)
  })

  test('draws each sample from the end of the one before', () => {
    expect(spans(['sample', 5], ['skip', 5], ['sample', 10])).toEqual(['sample 5-5', 'skip 5-5', 'sample 5-10'])
  })

  test('draws the samples of each lane for themselves', () => {
    const chunk = { type: 'sample', reason: 'entries' }
    const drawn = shown(
      { type: 'sample', timeStamp: 5, reason: 'sample' },
      { ...chunk, timeStamp: 6 },
      { ...chunk, timeStamp: 8 },
      { type: 'sample', timeStamp: 10, reason: 'sample' },
    ).drawn.map(([, { start, end }]) => `${start}-${end}`)

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

  test('leaves out single readings', () => {
    expect(shown({ type: 'reading', timeStamp: 0 })).toEqual({ printed: [], drawn: [] })
  })
})
