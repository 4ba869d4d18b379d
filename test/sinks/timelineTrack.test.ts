import { of } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import type { Step } from '../../src/sinks/step'
import { timelineTrack } from '../../src/sinks/timelineTrack'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

/** `name start-end` of what was drawn. */
const drawn = (...steps: [type: string, timeStamp: number, id?: string][]) => {
  const measure = vi.fn((_name: string, _options: { start: number; end: number; detail: { devtools: object } }) => {})
  const { seen } = watch(
    timelineTrack(fakePage({ performance: { measure } }))(
      of(...steps.map(([type, timeStamp, id]): Step => ({ type, timeStamp, ...(id && { id }) }))),
    ),
  )
  expect(seen).toHaveLength(steps.length)
  return measure.mock.calls
}
const spans = (...steps: Parameters<typeof drawn>) =>
  drawn(...steps).map(([name, { start, end }]) => `${name} ${start}-${end}`)

describe('timelineTrack', () => {
  test('draws each sample from the end of the one before', () => {
    expect(spans(['sample', 5], ['skip', 5], ['sample', 10])).toEqual([
      'crum sample 5-5',
      'crum skip 5-5',
      'crum sample 5-10',
    ])
  })

  test('draws each beacon from sending to what became of it, tries in between too', () => {
    expect(spans(['send', 5, 'a'], ['send', 6, 'b'], ['retry', 8, 'a'], ['sent', 9, 'b'], ['drop', 20, 'a'])).toEqual([
      'crum retry 5-8',
      'crum sent 6-9',
      'crum drop 5-20',
    ])
  })

  test('draws in a track of its own', () => {
    expect(drawn(['sample', 5])[0]?.[1].detail.devtools).toEqual({
      track: 'crum',
      color: 'primary',
      tooltipText: '5 ms',
    })
  })

  test('draws nothing else', () => {
    expect(drawn(['reading', 5], ['init', 1])).toEqual([])
  })
})
