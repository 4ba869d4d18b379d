import { Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { during } from '../../src/rx/during'
import { endedScript, stick } from '../helpers/endedScript'
import { marbles } from '../helpers/marbles'

const noop = () => {}

describe('during', () => {
  marbles('passes values on, and an end', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('-a-(bc)-|')
    const subs = '      ^-------!'
    const expected = '  -a-(bc)-|'

    expectObservable(source.pipe(during(noop, noop))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('passes an error on, and lets go with its subscriber', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('-a-#')
    const living = hot('-a-b-')
    const unsub = '     --!'

    expectObservable(source.pipe(during(noop, noop))).toBe('-a-#')
    expectObservable(living.pipe(during(noop, noop)), unsub).toBe('-a-')
    expectSubscriptions(living.subscriptions).toBe('^-!')
  })

  test('begins before each value is passed on, and ends after it, with that value', () => {
    const value$ = new Subject<string>()
    const heard: string[] = []
    const within$ = value$.pipe(
      during(
        (value) => heard.push(`begin ${value}`),
        (value) => heard.push(`end ${value}`),
      ),
    )
    within$.subscribe((value) => {
      heard.push(value)
      if (value === 'a') value$.next('b')
    })
    value$.next('a')

    expect(heard).toEqual(['begin a', 'a', 'begin b', 'b', 'end b', 'end a'])
  })

  test('does not end where the script is ended', () => {
    const value$ = new Subject<string>()
    const ended: string[] = []
    value$.pipe(during(noop, (value) => ended.push(value))).subscribe((value) => value === 'a' && stick())
    endedScript(() => value$.next('a'))
    value$.next('b')

    expect(ended).toEqual(['b'])
  })
})
