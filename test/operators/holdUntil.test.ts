import { finalize, NEVER, of, Subject, take, tap } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { holdUntil } from '../../src/operators/holdUntil'
import { endedScript, stick } from '../helpers/endedScript'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

describe('holdUntil', () => {
  marbles('holds values until the gate opens, then goes on live', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b----c-d-|')
    const subs = '       ^-----------!'
    const open = hot('   ----o-----o--')
    const gate = '       ^-----------!'
    const expected = '   ----(ab)c-d-|'

    expectObservable(source.pipe(holdUntil(open))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
    expectSubscriptions(open.subscriptions).toBe(gate)
  })

  marbles('lets go on completion', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -(ab)|     ')
    const open = hot('   ----------o')
    const gate = '       ^----!     '
    const expected = '   -----(ab|) '

    expectObservable(source.pipe(holdUntil(open))).toBe(expected)
    expectSubscriptions(open.subscriptions).toBe(gate)
  })

  marbles('ends empty when nothing was held', ({ hot, expectObservable }) => {
    const source = hot(' -----|')
    const open = hot('   --o---')
    const expected = '   -----|'

    expectObservable(source.pipe(holdUntil(open))).toBe(expected)
    expectObservable(source.pipe(holdUntil(NEVER))).toBe(expected)
  })

  marbles('passes everything through a gate that is open from the start', ({ cold, expectObservable }) => {
    const source = cold('(ab)--c|')
    const expected = '   (ab)--c|'

    expectObservable(source.pipe(holdUntil(of(0)))).toBe(expected)
  })

  marbles('stays shut when the gate only completes', ({ hot, expectObservable }) => {
    const source = hot(' -a---b--|   ')
    const open = hot('   ---|        ')
    const expected = '   --------(ab|)'

    expectObservable(source.pipe(holdUntil(open))).toBe(expected)
  })

  marbles('passes an error on, before and after the gate opens', ({ hot, expectObservable }) => {
    const source = hot(' -a--b--#')
    const early = hot('  ---o    ')
    const late = hot('   ---------o')
    const opened = '     ---ab--#'
    const held = '       -------#'

    expectObservable(source.pipe(holdUntil(early))).toBe(opened)
    expectObservable(source.pipe(holdUntil(late))).toBe(held)
  })

  marbles('lets go of source and gate when unsubscribed', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b----')
    const open = hot('   ------o-')
    const subs = '       ^---!   '
    const unsub = '      ----!   '
    const expected = '   --------'

    expectObservable(source.pipe(holdUntil(open)), unsub).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
    expectSubscriptions(open.subscriptions).toBe(subs)
  })

  test('puts what comes while the held ones are let go behind them', () => {
    const value$ = new Subject<string>()
    const open$ = new Subject<void>()
    const answer = tap((value: string) => value === 'a' && value$.next('again'))
    const { seen } = watch(value$.pipe(holdUntil(open$), answer))

    for (const value of ['a', 'b']) value$.next(value)
    open$.next()
    value$.next('c')

    expect(seen).toEqual(['a', 'b', 'again', 'c'])
  })

  test.for<[string, (value$: Subject<string>) => void, string[], { completed: boolean; error: unknown }]>([
    [
      'hands over the rest on completion',
      (value$) => value$.complete(),
      ['a', 'b'],
      { completed: true, error: undefined },
    ],
    ['passes an error on at once', (value$) => value$.error('no'), [], { completed: false, error: 'no' }],
  ])('%s while the held ones are let go', ([, finish, values, ending]) => {
    const value$ = new Subject<string>()
    const open$ = new Subject<void>()
    const answer = tap((value: string) => value === 'a' && finish(value$))
    const { seen, end } = watch(value$.pipe(holdUntil(open$), answer))

    for (const value of ['a', 'b']) value$.next(value)
    open$.next()

    expect(seen).toEqual(values)
    expect(end).toEqual(ending)
  })

  test('lets go at once when unsubscribed while the held ones are let go', () => {
    const value$ = new Subject<string>()
    const open$ = new Subject<void>()
    let isReleased = false
    const release = finalize<string>(() => {
      isReleased = true
    })
    const { seen } = watch(value$.pipe(release, holdUntil(open$), take(1)))

    for (const value of ['a', 'b']) value$.next(value)
    open$.next()

    expect(seen).toEqual(['a'])
    expect(isReleased).toBe(true)
  })

  test('lets the rest go when the gate opens again, where the script was ended while the first was let go', () => {
    const value$ = new Subject<string>()
    const open$ = new Subject<void>()
    let ends = 1
    const { seen } = watch(
      value$.pipe(
        holdUntil(open$),
        tap(() => ends-- > 0 && stick()),
      ),
    )
    for (const value of ['a', 'b']) value$.next(value)

    endedScript(() => open$.next())
    value$.next('c')
    open$.next()
    value$.next('d')

    expect(seen).toEqual(['b', 'c', 'd'])
  })

  test('lets a later value pass while an earlier one is still handled, which may break off', () => {
    const value$ = new Subject<string>()
    const during: string[][] = []
    const seen: string[] = []
    const handle = tap((value: string) => {
      if (value === 'a') value$.next('b')
      during.push([...seen])
    })
    watch(
      value$.pipe(
        holdUntil(of(0)),
        handle,
        tap((value) => seen.push(value)),
      ),
    )
    value$.next('a')

    expect(during).toEqual([[], ['b']])
    expect(seen).toEqual(['b', 'a'])
  })
})
