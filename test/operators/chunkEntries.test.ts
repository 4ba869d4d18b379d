import fc from 'fast-check'
import { from, mergeMap, Subject, tap } from 'rxjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { chunkEntries } from '../../src/operators/chunkEntries'
import { inVirtualTime, marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

afterEach(() => vi.useRealTimers())

const entries = Array.from({ length: 120 }, (_, at) => at)

describe('chunkEntries', () => {
  marbles('sends 120 entries as 50, 50 and 20, one chunk each entriesRate', ({ hot, expectObservable }) => {
    const source = hot(' --e                   ').pipe(mergeMap(() => entries))
    const rate = 500
    // the clock         --500ms|499ms|499ms|
    const unsub = '      3s                   !'
    const expected = '   502ms 1 499ms 2 499ms 3'
    const chunks = { 1: entries.slice(0, 50), 2: entries.slice(50, 100), 3: entries.slice(100) }

    expectObservable(source.pipe(chunkEntries(50, rate)), unsub).toBe(expected, chunks)
  })

  marbles(
    'sleeps until the next value, and counts from there',
    ({ hot, expectObservable, expectSubscriptions, time }) => {
      const source = hot(' -a--b---------c-------')
      const subs = '       ^--------------------!'
      const rate = time('  -----|                ')
      // the clock          -----|       -----|
      const unsub = '      ---------------------!'
      const expected = '   ------1------------2--'

      expectObservable(source.pipe(chunkEntries(9, rate)), unsub).toBe(expected, { 1: ['a', 'b'], 2: ['c'] })
      expectSubscriptions(source.subscriptions).toBe(subs)
    },
  )

  marbles(
    'keeps what may not follow until it may, or is released, and asks once for a backlog',
    ({ hot, expectObservable }) => {
      const source = hot(' -(abc)-------d--------')
      // the clock         -----|----|----|----|-
      const may = [false, true, false]
      const release = hot('---------------------r')
      const unsub = '      ---------------------!'
      const expected = '   -----------1----2----3'.replace('3', '-')
      const takeTurn = () => may.shift() ?? false

      expectObservable(source.pipe(chunkEntries(2, 5, { release$: release, takeTurn })), unsub).toBe(expected, {
        ...{ 1: ['a', 'b'], 2: ['c', 'd'] },
      })
    },
  )

  marbles('lets a part go at once, and nothing with it that comes later', ({ hot, expectObservable }) => {
    const source = hot(' -(abc)----d--|')
    const part = hot('   --------p--p--')
    // the clock         -----|---|---|
    const expected = '   -----1--2--3-|'
    const chunks = { 1: ['a', 'b'], 2: ['c'], 3: ['d'] }

    expectObservable(source.pipe(chunkEntries(2, 4, { part$: part }))).toBe(expected, chunks)
  })

  marbles('keeps a part that may not follow, apart from the next', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -(ab)-c-----d-------------')
    const part = hot('   -------p------------------')
    const partSubs = '   ^-------------------------!'
    // the clock         ------|----|----|----|----
    const may = [false, false, false, true]
    const unsub = '      --------------------------!'
    const expected = '   ----------------1----2----'
    const takeTurn = () => may.shift() ?? false
    const parts = { part$: part, takeTurn, toChunk: (entries: string[]) => entries.join('') }

    expectObservable(source.pipe(chunkEntries(9, 5, parts)), unsub).toBe(expected, { 1: 'abc', 2: 'd' })
    expectSubscriptions(part.subscriptions).toBe(partSubs)
  })

  marbles('lets parts that wait go when released, and at the end', ({ hot, expectObservable }) => {
    const source = hot('-a--b----c--|')
    const part = hot('  --p--p----p--')
    const release = hot('-------r-----')
    // the clock         none in time
    const expected = '  -------(12)-(3|)'
    const takeTurn = () => false
    const chunks = { 1: ['a'], 2: ['b'], 3: ['c'] }

    expectObservable(source.pipe(chunkEntries(2, 50, { part$: part, release$: release, takeTurn }))).toBe(
      expected,
      chunks,
    )
  })

  test('asks once for all of a backlog, and again for what comes after it', () => {
    vi.useFakeTimers()
    const entry$ = new Subject<string>()
    const takeTurn = vi.fn(() => takeTurn.mock.calls.length === 1)
    const { seen } = watch(entry$.pipe(chunkEntries(2, 500, { takeTurn })))
    for (const one of 'abcde') entry$.next(one)
    vi.advanceTimersByTime(1500)
    expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(takeTurn).toHaveBeenCalledOnce()

    entry$.next('f')
    vi.advanceTimersByTime(1500)
    expect(seen).toHaveLength(3)
    expect(takeTurn).toHaveBeenCalledTimes(4)
  })

  marbles('waits with its clock for the start, but not when released', ({ hot, expectObservable, time }) => {
    const source = hot('  -(abc)----d-------e-----')
    const start = hot('   -------------s----------')
    const release = hot(' -----r------------------')
    const rate = time('   ---|                   ')
    // the clock                      ---|  ---|
    const unsub = '       ------------------------!'
    const expected = '    -----(12)-------3--4----'
    const chunks = { 1: ['a', 'b'], 2: ['c'], 3: ['d'], 4: ['e'] }

    expectObservable(source.pipe(chunkEntries(2, rate, { release$: release, start$: start })), unsub).toBe(
      expected,
      chunks,
    )
  })

  marbles('lets go of its backlog at once when released, and starts anew', ({ hot, expectObservable, time }) => {
    const source = hot('  -(abcde)-------f--------')
    const release = hot(' ---------r--------------')
    const rate = time('   ---------|              ')
    // the clock           --------!      --------|
    const unsub = '       -------------------------!'
    const expected = '    ---------(123)----------4'
    const chunks = { 1: ['a', 'b'], 2: ['c', 'd'], 3: ['e'], 4: ['f'] }

    expectObservable(source.pipe(chunkEntries(2, rate, { release$: release })), unsub).toBe(expected, chunks)
  })

  marbles('hands over its rest on completion, in chunks', ({ hot, expectObservable, expectSubscriptions, time }) => {
    const source = hot('  --(abc)-|  ')
    const release = hot(' --------|  ')
    const subs = '        ^-------!  '
    const rate = time('   ---------|')
    // the clock            ------!
    const expected = '    --------(12|)'

    expectObservable(source.pipe(chunkEntries(2, rate, { release$: release }))).toBe(expected, {
      1: ['a', 'b'],
      2: ['c'],
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('ends with its source, whatever releases it', ({ hot, expectObservable, time }) => {
    const source = hot(' --a-|')
    const rate = time('  -----|')
    const expected = '   ----(1|)'

    expectObservable(source.pipe(chunkEntries(2, rate))).toBe(expected, { 1: ['a'] })
    expectObservable(source.pipe(chunkEntries(2, rate))).toBe(expected, { 1: ['a'] })
  })

  marbles('gives nothing for nothing, released or not', ({ hot, expectObservable, time }) => {
    const source = hot('  -------|')
    const release = hot(' --r-r--|')
    const rate = time('   --|     ')
    const expected = '    -------|'

    expectObservable(source.pipe(chunkEntries(2, rate, { release$: release }))).toBe(expected)
  })

  marbles('passes an error on at once', ({ hot, expectObservable, expectSubscriptions, time }) => {
    const source = hot(' -a-#')
    const subs = '       ^--!'
    const rate = time('  -----|')
    // the clock          --!
    const expected = '   ---#'

    expectObservable(source.pipe(chunkEntries(2, rate))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('lets go of source and release when unsubscribed', ({ hot, expectObservable, expectSubscriptions, time }) => {
    const source = hot('  -a--------')
    const release = hot(' ----------')
    const subs = '        ^---!     '
    const rate = time('   -----|    ')
    // the clock           ---!
    const unsub = '       ----!     '
    const expected = '    ----------'

    expectObservable(source.pipe(chunkEntries(2, rate, { release$: release })), unsub).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
    // once for the backlog, once for the running clock
    expectSubscriptions(release.subscriptions).toBe([subs, '-^--!'])
  })

  test('has no timer while it sleeps', () => {
    vi.useFakeTimers()
    const entry$ = new Subject<string>()
    const { seen } = watch(entry$.pipe(chunkEntries(2, 500)))
    expect(vi.getTimerCount()).toBe(0)

    entry$.next('a')
    expect(vi.getTimerCount()).toBe(1)

    vi.advanceTimersByTime(500)
    expect(seen).toEqual([['a']])
    // the next tick finds the queue empty
    vi.advanceTimersByTime(500)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('keeps an entry that comes while the last chunk is handed over', () => {
    vi.useFakeTimers()
    const entry$ = new Subject<string>()
    const answer = tap(([first]: string[]) => first === 'a' && entry$.next('again'))
    const { seen } = watch(entry$.pipe(chunkEntries(2, 500), answer))

    entry$.next('a')
    vi.advanceTimersByTime(2000)

    expect(seen).toEqual([['a'], ['again']])
  })

  test('keeps order, doubles none and loses none, whatever comes when', () => {
    const bursts = fc.array(fc.record({ gap: fc.nat(20), count: fc.nat(12) }), { maxLength: 12 })
    fc.assert(
      fc.property(bursts, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }), (bursts, most, rate) => {
        inVirtualTime(({ cold, flush }) => {
          const marbles = `${bursts.map(({ gap }) => `${gap}ms b`).join(' ')} |`
          let next = 0
          const sent: number[] = []
          const counts = bursts.map(({ count }) => count)
          const entry$ = cold(marbles).pipe(
            mergeMap(() =>
              from(Array.from({ length: counts.shift() as number }, () => next++)).pipe(tap((n) => sent.push(n))),
            ),
          )
          const { seen } = watch(entry$.pipe(chunkEntries(most, rate)))
          flush()
          expect(seen.flat()).toEqual(sent)
          expect(seen.every(({ length }) => length > 0 && length <= most)).toBe(true)
        })
      }),
    )
  })
})
