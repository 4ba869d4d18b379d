import { of } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { consoleLog } from '../../src/sinks/consoleLog'
import type { Step } from '../../src/sinks/step'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

const printed = (...steps: Step[]) => {
  const page = fakePage()
  watch(consoleLog(page)(of(...steps)))
  return page.logged
}

describe('consoleLog', () => {
  test('prints each step as a collapsed group, under what it says in a line', () => {
    expect(printed({ type: 'sent', timeStamp: 12.6, id: 'a', seq: 3, payload: { view: {} } })).toEqual([
      { method: 'groupCollapsed', args: ['%ccrum sent%c 13 ms, seq 3', 'color:green', ''] },
      { method: 'log', args: [{ id: 'a', seq: 3, payload: { view: {} } }] },
      { method: 'groupEnd', args: [] },
    ])
  })

  test.for([
    ['sent', 'green'],
    ['retry', 'orange'],
    ['drop', 'red'],
    ['error', 'red'],
    ['sample', 'gray'],
  ])('colours %s %s', ([type, colour]) => {
    expect(printed({ type: type as string, timeStamp: 0 })[0]?.args[1]).toBe(`color:${colour}`)
  })

  test('leaves out single readings', () => {
    expect(printed({ type: 'reading', timeStamp: 0 })).toEqual([])
  })
})
