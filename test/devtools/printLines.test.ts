import { of } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { lineOf, printLines } from '../../src/devtools/printLines'
import type { Step } from '../../src/devtools/step'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

describe('printLines', () => {
  test('prints each step as one line with its time, and the step behind it', () => {
    const page = fakePage()
    const steps: Step[] = [
      { type: 'sent', timeStamp: 5300.4567, seq: 0 },
      { type: 'stop', timeStamp: 6000 },
    ]
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
  test.for<[Omit<Step, 'timeStamp'>, string]>([
    [{ type: 'skip' }, 'skip'],
    [{ type: 'sent', id: 'a', seq: 3, bytes: 0 }, 'sent seq 3, bytes 0'],
    [{ type: 'retry', retryIn: 1682.5661946246685, cause: 'size' }, 'retry retryIn 1682.6, cause size'],
    [{ type: 'send', payload: { view: {} }, list: [], dropped: undefined }, 'send'],
    [{ type: 'reading', field: 'view.usedMemory', value: null }, 'reading field view.usedMemory, value null'],
  ])('says of %o: %s', ([step, line]) => {
    expect(lineOf({ timeStamp: 1, ...step } as Step)).toBe(line)
  })
})
