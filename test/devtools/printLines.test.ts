import { of } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { lineOf, printLines } from '../../src/devtools/printLines'
import { fakePage } from '../helpers/page'
import { stepWith } from '../helpers/steps'
import { watch } from '../helpers/watch'

describe('printLines', () => {
  test('prints each step as one line with its time, and the step behind it', () => {
    const page = fakePage()
    const steps = [stepWith('sent', { timeStamp: 5300.4567, seq: 0 }), stepWith('stop', { timeStamp: 6000 })]
    const { seen, end } = watch(printLines(page)(of(...steps)))

    expect(page.logged).toEqual([
      { method: 'log', args: ['crum 5300.5 ms: sent seq 0', steps[0]] },
      { method: 'log', args: ['crum 6000 ms: stop', steps[1]] },
    ])
    expect(seen).toEqual(steps)
    expect(end.completed).toBe(true)
  })

  test('prints nothing before somebody subscribes', () => {
    const page = fakePage()
    printLines(page)(of({ type: 'skip', timeStamp: 0 }))

    expect(page.logged).toEqual([])
  })
})

describe('lineOf', () => {
  test.for<[type: string, details: object, line: string]>([
    ['skip', {}, 'skip'],
    ['sent', { id: 'a', seq: 3, bytes: 0 }, 'sent seq 3, bytes 0'],
    ['retry', { retryIn: 1682.5661946246685, cause: 'size' }, 'retry retryIn 1682.6, cause size'],
    ['send', { payload: { view: {} }, list: [], dropped: undefined }, 'send'],
    ['reading', { field: 'view.usedMemory', value: null }, 'reading field view.usedMemory, value null'],
  ])('says of %s %o: %s', ([type, details, line]) => {
    expect(lineOf(stepWith(type, details))).toBe(line)
  })
})
