import { map, of } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { usedMemory } from '../../src/sources/usedMemory'
import { marbles } from '../helpers/marbles'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

const withHeap = (...sizes: number[]) =>
  fakePage({
    performance: {
      memory: {
        get usedJSHeapSize() {
          return sizes.shift()
        },
      },
    },
  })

describe('usedMemory', () => {
  marbles('reads the heap at each tick', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' t---t---t')
    const subs = '       ^-----!  '
    const unsub = '      ------!  '
    const expected = '   a---b----'

    expectObservable(usedMemory(withHeap(0, 3e6), { loop$: source }), unsub).toBe(expected, { a: 0, b: 3e6 })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('reads after a sample with a reading, and after every sixth', ({ hot, expectObservable }) => {
    const source = hot('    001000010', { 0: 0, 1: 1 })
    const unsub = '         --------!'
    const expected = '      0-2---67-'
    const sizes = [0, 20e6, 60e6, 70e6]

    expectObservable(usedMemory(withHeap(...sizes), { loop$: source }), unsub).toBe(expected, {
      ...{ 0: 0, 2: 20e6, 6: 60e6, 7: 70e6 },
    })
  })

  marbles('does not tell again what is within 1 %, or 2 MiB', ({ hot, expectObservable }) => {
    const source = hot(' t-t-t-t-t-t')
    const unsub = '      -----------!'
    const expected = '   a---b-----c'
    const sizes = [1e6, 3e6, 300e6, 302e6, 297e6, 304e6]

    expectObservable(usedMemory(withHeap(...sizes), { loop$: source }), unsub).toBe(expected, {
      a: 1e6,
      b: 300e6,
      c: 304e6,
    })
  })

  marbles('measures the whole page where it can, one measurement at a time', ({ cold, hot, expectObservable }) => {
    const source = hot('   t--t--t--t--')
    const measured = '     ----(m|)    '
    // at work             ----!-----!-
    const unsub = '        -----------!'
    const expected = '     ----a-----b-'
    const sizes = [5e6, 8e6]
    const measure = () => cold(measured).pipe(map(() => ({ bytes: sizes.shift() })))
    const page = fakePage({ performance: { measureUserAgentSpecificMemory: measure, memory: { usedJSHeapSize: 1 } } })

    expectObservable(usedMemory(page, { loop$: source }), unsub).toBe(expected, { a: 5e6, b: 8e6 })
  })

  marbles('asks again where the browser refused', ({ cold, hot, expectObservable }) => {
    const source = hot(' t---t---')
    const refused = '    -#      '
    const measured = '   -(m|)   '
    const unsub = '      -------!'
    const expected = '   -----a--'
    const answers = [cold(refused), cold(measured, { m: { bytes: 7 } })]
    const page = fakePage({ performance: { measureUserAgentSpecificMemory: () => answers.shift() } })

    expectObservable(usedMemory(page, { loop$: source }), unsub).toBe(expected, { a: 7 })
  })

  test('is empty where the browser tells nothing', () => {
    const { seen, end } = watch(usedMemory(fakePage(), { loop$: of(0) }))

    expect(seen).toEqual([])
    expect(end.completed).toBe(true)
  })
})
