import { NEVER, Subject, tap } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { repeatUnfinished } from '../../src/operators/repeatUnfinished'
import { endedScript, stick } from '../helpers/endedScript'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

/** What comes of values whose readers are ended in their midst, as often as `ends`. */
function read(ends: number) {
  const value$ = new Subject<string>()
  const leave$ = new Subject<void>()
  const { seen } = watch(
    value$.pipe(
      repeatUnfinished(leave$),
      tap(() => ends-- > 0 && stick()),
    ),
  )
  return { value$, leave$, seen }
}

describe('repeatUnfinished', () => {
  marbles('passes values on, and repeats none that was finished', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-(bc)----d-|')
    const subs = '       ^------------!'
    const leave = hot('  --x------x----x')
    const left = '       ^------------!'
    const expected = '   -a-(bc)----d-|'

    expectObservable(source.pipe(repeatUnfinished(leave))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
    expectSubscriptions(leave.subscriptions).toBe(left)
  })

  marbles('passes an error on, and lets go of both', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a--#')
    const leave = hot('  --x---x')
    const subs = '       ^---!'

    expectObservable(source.pipe(repeatUnfinished(leave))).toBe('-a--#')
    expectSubscriptions(leave.subscriptions).toBe(subs)
  })

  marbles('lets go of both when it is unsubscribed from', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a--b-')
    const leave = hot('  --x---x')
    const unsub = '      ---!'

    expectObservable(source.pipe(repeatUnfinished(leave)), unsub).toBe('-a--')
    expectSubscriptions(source.subscriptions).toBe('^--!')
    expectSubscriptions(leave.subscriptions).toBe('^--!')
  })

  marbles('completes where nothing leaves, and where there was nothing', ({ hot, expectObservable }) => {
    expectObservable(hot('-a-|').pipe(repeatUnfinished(NEVER))).toBe('-a-|')
    expectObservable(hot('---|').pipe(repeatUnfinished(NEVER))).toBe('---|')
  })

  test('repeats a value whose emission was ended, before what the same event brings', () => {
    const { value$, leave$, seen } = read(1)
    leave$.subscribe(() => value$.next('b'))
    endedScript(() => value$.next('a'))
    expect(seen).toEqual([])
    leave$.next()
    expect(seen).toEqual(['a', 'b'])
    leave$.next()
    expect(seen).toEqual(['a', 'b', 'b'])
  })

  test('repeats all of several, in their order, also one that is ended once more', () => {
    const { value$, leave$, seen } = read(3)
    for (const value of ['a', 'b']) endedScript(() => value$.next(value))
    endedScript(() => leave$.next())
    expect(seen).toEqual([])
    leave$.next()
    expect(seen).toEqual(['a', 'b'])
  })
})
