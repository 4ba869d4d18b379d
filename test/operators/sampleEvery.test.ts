import { bufferTime, of, Subject, tap } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { sampleEvery } from '../../src/operators/sampleEvery'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

const isCut = (value: string) => value === 'X'

describe('sampleEvery', () => {
  marbles('equals bufferTime while nothing cuts', ({ hot, expectObservable, expectSubscriptions, time }) => {
    const source = hot(' -a--b---c---------d----|')
    const subs = '       ^----------------------!'
    const rate = time('  -----|                  ')
    // the clock         -----|----|----|----|---
    const expected = '   -----1----2----3----4--(5|)'
    const samples = { 1: ['a', 'b'], 2: ['c'], 3: [], 4: ['d'], 5: [] }

    expectObservable(source.pipe(sampleEvery(rate))).toBe(expected, samples)
    expectObservable(source.pipe(bufferTime(rate))).toBe(expected, samples)
    expectSubscriptions(source.subscriptions).toBe([subs, subs])
  })

  marbles('closes a sample with its last value and restarts the clock', ({ hot, expectObservable, time }) => {
    const source = hot(' -a-X--b-----------')
    const rate = time('  -----|            ')
    // the clock         ---!----|----|----
    const unsub = '      -----------------!'
    const expected = '   ---1----2----3----'
    const samples = { 1: ['a', 'X'], 2: ['b'], 3: [] }

    expectObservable(source.pipe(sampleEvery(rate, isCut)), unsub).toBe(expected, samples)
  })

  marbles('closes a sample for each cut of one frame', ({ hot, expectObservable, time }) => {
    const source = hot(' --(aXbXc)----')
    const rate = time('  -----|       ')
    // the clock         --!----|-----
    const unsub = '      -----------!'
    const expected = '   --(12)-3----'
    const samples = { 1: ['a', 'X'], 2: ['b', 'X'], 3: ['c'] }

    expectObservable(source.pipe(sampleEvery(rate, isCut)), unsub).toBe(expected, samples)
  })

  marbles(
    'cuts before its clock may start, which then runs',
    ({ hot, expectObservable, expectSubscriptions, time }) => {
      const source = hot(' -a-X--b-----c-----')
      const start = hot('  --------s---------')
      const rate = time('  -----|            ')
      // the clock                 -----|----
      const unsub = '      -----------------!'
      const clock = '      ^----------------!'
      const expected = '   ---1---------2----'
      const samples = { 1: ['a', 'X'], 2: ['b', 'c'] }

      expectObservable(source.pipe(sampleEvery(rate, isCut, start)), unsub).toBe(expected, samples)
      expectSubscriptions(start.subscriptions).toBe(clock)
    },
  )

  marbles('gives empty samples too', ({ hot, expectObservable, expectSubscriptions, time }) => {
    const source = hot(' ---------')
    const subs = '       ^-------!'
    const rate = time('  ---|     ')
    // the clock         ---|--|--
    const unsub = '      --------!'
    const expected = '   ---0--0--'

    expectObservable(source.pipe(sampleEvery(rate, isCut)), unsub).toBe(expected, { 0: [] })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('keeps what comes at subscription, in one frame, and hands over the rest at the end', (t) => {
    const source = t.cold(' (abc|)')
    const rate = t.time('   ---|  ')
    // the clock            --    '
    const expected = '      (1|)  '

    t.expectObservable(source.pipe(sampleEvery(rate, isCut))).toBe(expected, { 1: ['a', 'b', 'c'] })
    t.expectObservable(of('a').pipe(sampleEvery(rate, isCut))).toBe(expected, { 1: ['a'] })
  })

  marbles('passes an error on at once', ({ hot, expectObservable, expectSubscriptions, time }) => {
    const source = hot(' -a----b-#')
    const subs = '       ^-------!'
    const rate = time('  ----|    ')
    // the clock         ----|---
    const expected = '   ----1---#'

    expectObservable(source.pipe(sampleEvery(rate, isCut))).toBe(expected, { 1: ['a'] })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('lets go of its source when unsubscribed', ({ hot, expectObservable, expectSubscriptions, time }) => {
    const source = hot(' -a-b-X-c--')
    const subs = '       ^------!  '
    const rate = time('  ----|     ')
    // the clock         ----|!---
    const unsub = '      -------!  '
    const expected = '   ----12----'

    expectObservable(source.pipe(sampleEvery(rate, isCut)), unsub).toBe(expected, { 1: ['a', 'b'], 2: ['X'] })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  test('keeps a value that comes while a sample is handed over', () => {
    const value$ = new Subject<string>()
    const answer = tap(([first]: string[]) => first === 'a' && value$.next('again'))
    const { seen } = watch(value$.pipe(sampleEvery(1000, isCut), answer))

    for (const value of ['a', 'X', 'b', 'X']) value$.next(value)
    value$.complete()

    expect(seen.flat()).toEqual(['a', 'X', 'again', 'b', 'X'])
  })
})
