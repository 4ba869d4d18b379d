import { describe, expect, test } from 'vitest'
import { history } from '../../src/devtools/history'
import type { Step } from '../../src/devtools/step'
import { stepWith } from '../helpers/steps'
import { watch } from '../helpers/watch'

const step = (timeStamp: number): Step => ({ type: 'skip', timeStamp })
const times = (seen: Step[]) => seen.map(({ timeStamp }) => timeStamp)

describe('history', () => {
  test('tells a late subscriber of the past first, and then what comes', () => {
    const { add, step$ } = history(10)
    add(step(1))
    add(step(2))
    const { seen } = watch(step$)
    expect(times(seen)).toEqual([1, 2])

    add(step(3))
    expect(times(seen)).toEqual([1, 2, 3])
  })

  test('remembers no more than it is to, the latest', () => {
    const { add, step$ } = history(3)
    const { seen } = watch(step$)
    for (let at = 0; at < 10; at++) add(step(at))

    expect(seen).toHaveLength(10)
    expect(times(watch(step$).seen)).toEqual([7, 8, 9])
  })

  test('remembers another step in the place of one that is large', () => {
    const { add, step$ } = history(3)
    const { seen } = watch(step$)
    const large = stepWith('send', { payload: {} })
    add(large, step(1))

    expect(seen).toEqual([large])
    expect(watch(step$).seen).toEqual([step(1)])
  })

  test('knows whether somebody listens', () => {
    const { step$, isObserved } = history(3)
    expect(isObserved()).toBe(false)

    const [one, other] = [watch(step$), watch(step$)]
    one.unsubscribe()
    expect(isObserved()).toBe(true)
    other.unsubscribe()
    expect(isObserved()).toBe(false)
  })

  test('ends for all, and still tells of the past', () => {
    const { add, complete, step$ } = history(3)
    const early = watch(step$)
    add(step(1))
    complete()
    const late = watch(step$)

    expect(early.end.completed).toBe(true)
    expect(late.end.completed).toBe(true)
    expect(times(late.seen)).toEqual([1])
  })

  test('misses no step that a listener causes while it is told of the past', () => {
    const { add, step$ } = history(3)
    add(step(1))
    add(step(2))
    const seen: number[] = []
    step$.subscribe(({ timeStamp }) => {
      seen.push(timeStamp)
      if (timeStamp === 1) add(step(3))
    })

    expect(seen.sort()).toEqual([1, 2, 3])
  })
})
