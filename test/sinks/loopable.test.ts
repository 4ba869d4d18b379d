import { merge, of, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { loopable } from '../../src/sinks/loopable'
import type { Step } from '../../src/sinks/step'
import { steps } from '../../src/sinks/steps'
import { listened } from '../helpers/listened'

const step = (type: string): Step => ({ type, timeStamp: 0 })
const past = of(step('send'), step('sent'), step('skip'))

describe('loopable', () => {
  test('can be looped over, past steps first, to the end', async () => {
    const live = new Subject<Step>()
    const seen: string[] = []
    const looping = (async () => {
      for await (const { type } of loopable(steps(merge(past, live), fail))) seen.push(type)
    })()
    await Promise.resolve()
    live.next(step('stop'))
    live.complete()
    await looping

    expect(seen).toEqual(['send', 'sent', 'skip', 'stop'])
  })

  test('lets go when the loop is left', async () => {
    const live = new Subject<Step>()
    const { value$, listeners } = listened(live)
    const counts: number[] = []
    for await (const { type } of loopable(steps(merge(past, value$), fail))) {
      counts.push(listeners())
      if (type === 'sent') break
    }

    expect(counts).toEqual([1, 1])
    expect(listeners()).toBe(0)
  })

  test('stays loopable when it is narrowed', async () => {
    const seen: string[] = []
    for await (const { type } of loopable(steps(past, fail)).filter('send', 'skip').filter('skip')) seen.push(type)

    expect(seen).toEqual(['skip'])
  })
})

const fail = (error: unknown) => {
  throw error
}
