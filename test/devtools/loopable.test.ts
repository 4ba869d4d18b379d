import { merge, of, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { loopable } from '../../src/devtools/loopable'
import type { Step } from '../../src/devtools/step'
import { steps } from '../../src/devtools/steps'
import { listened } from '../helpers/listened'
import { stepWith } from '../helpers/steps'

const past = of(stepWith('send'), stepWith('sent'), stepWith('skip'))

describe('loopable', () => {
  test('can be looped over, past steps first, to the end', async () => {
    const live = new Subject<Step>()
    const seen: string[] = []
    const looping = (async () => {
      for await (const { type } of loopable(steps(merge(past, live), fail))) seen.push(type)
    })()
    await Promise.resolve()
    live.next(stepWith('stop'))
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

  test('is done once it was told that nobody asks any more', async () => {
    const loop = loopable(steps(past, fail))[Symbol.asyncIterator]()

    expect(await loop.return?.()).toEqual({ done: true, value: undefined })
    expect(await loop.next()).toMatchObject({ done: true })
  })

  test('lets 10,000 steps wait for a slow loop, and tells how many it missed', async () => {
    const live = new Subject<Step>()
    const loop = loopable(steps(live, fail))[Symbol.asyncIterator]()
    const tell = (type: string, from: number, to: number) => {
      for (let at = from; at < to; at++) live.next(stepWith(type, { timeStamp: at }))
    }
    const read = async (count: number) => {
      let last: Step | undefined
      for (let at = 0; at < count; at++) last = (await loop.next()).value
      return last
    }
    tell('kept', 0, 10_000)
    tell('lost', 10_000, 10_003)
    expect(await read(10_000)).toEqual({ type: 'kept', timeStamp: 9_999 })
    tell('again', 10_003, 10_004)
    expect(await read(1)).toEqual({ type: 'missed', timeStamp: 10_002, steps: 3 })
    expect(await read(1)).toEqual({ type: 'again', timeStamp: 10_003 })

    tell('kept', 10_004, 20_004)
    tell('lost', 20_004, 20_005)
    live.complete()
    expect(await read(10_001)).toEqual({ type: 'missed', timeStamp: 20_004, steps: 1 })
    expect(await loop.next()).toEqual({ done: true, value: undefined })
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
