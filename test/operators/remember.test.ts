import { describe, expect, test } from 'vitest'
import { remember } from '../../src/operators/remember'
import { watch } from '../helpers/watch'

describe('remember', () => {
  test('tells a late subscriber the last values, in their order, and goes on live', () => {
    const steps = remember<string>(2)
    for (const step of ['a', 'b', 'c']) steps.next(step)
    const { seen } = watch(steps.value$)
    expect(seen).toEqual(['b', 'c'])

    steps.next('d')
    expect(seen).toEqual(['b', 'c', 'd'])
  })

  test('tells an early subscriber each value once', () => {
    const steps = remember<number>(5)
    const { seen } = watch(steps.value$)
    steps.next(0)

    expect(seen).toEqual([0])
  })

  test('tells the past after its end, too', () => {
    const steps = remember<string>(5)
    const early = watch(steps.value$)
    steps.next('a')
    steps.complete()
    const late = watch(steps.value$)

    expect([early.seen, late.seen]).toEqual([['a'], ['a']])
    expect([early.end.completed, late.end.completed]).toEqual([true, true])
  })

  test('keeps a value that comes while the past is told', () => {
    const steps = remember<string>(5)
    for (const step of ['a', 'b']) steps.next(step)
    const seen: string[] = []
    steps.value$.subscribe((step) => {
      seen.push(step)
      if (step === 'a') steps.next('again')
    })

    expect(seen.sort()).toEqual(['a', 'again', 'b'])
  })
})
