import { of } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { also } from '../../src/operators/also'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

const nothing = also<string>(() => 'ignored')

describe('also', () => {
  marbles('changes nothing', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-(bc)-|')
    const subs = '       ^-------!'
    const early = '      ^--!     '
    const unsub = '      ---!     '

    expectObservable(source.pipe(nothing)).toBe('        -a-(bc)-|')
    expectObservable(source.pipe(nothing), unsub).toBe(' -a-')
    expectSubscriptions(source.subscriptions).toBe([subs, early])
  })

  marbles('ends and fails with its source, or where the effect does', ({ hot, expectObservable }) => {
    const fails = also<string>(() => {
      throw 'error'
    })

    expectObservable(hot('---|').pipe(nothing)).toBe('---|')
    expectObservable(hot('-a-#').pipe(nothing)).toBe('-a-#')
    expectObservable(hot('-a-|').pipe(fails)).toBe('  -#')
  })

  test('does it once for each value, before that goes on', () => {
    const effect = vi.fn()
    const told: number[] = []
    of(0, 1)
      .pipe(also(effect))
      .subscribe((value) => told.push(effect.mock.calls.length * 10 + value))
    watch(of().pipe(also(effect)))

    expect(effect.mock.calls).toEqual([[0], [1]])
    expect(told).toEqual([10, 21])
  })
})
