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
  test('prints each step as a collapsed group', () => {
    expect(printed({ type: 'skip', timeStamp: 0 }, { type: 'sent', timeStamp: 12.6, id: 'a' })).toEqual([
      { method: 'groupCollapsed', args: ['crum skip @ 0 ms'] },
      { method: 'log', args: [{}] },
      { method: 'groupEnd', args: [] },
      { method: 'groupCollapsed', args: ['crum sent @ 13 ms'] },
      { method: 'log', args: [{ id: 'a' }] },
      { method: 'groupEnd', args: [] },
    ])
  })

  test('leaves out single readings', () => {
    expect(printed({ type: 'reading', timeStamp: 0 })).toEqual([])
  })
})
