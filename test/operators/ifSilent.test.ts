import { describe, expect } from 'vitest'
import { ifSilent } from '../../src/operators/ifSilent'
import { marbles } from '../helpers/marbles'

const values = { a: { a: 1 } }

describe('ifSilent', () => {
  marbles('tells of a source that ends without a value', ({ hot, expectObservable, expectSubscriptions, flush }) => {
    const source = hot<object>(' ---|')
    const subs = '       ^--!'
    const expected = '   ---|'
    let silences = 0

    expectObservable(source.pipe(ifSilent(() => silences++))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
    flush()
    expect(silences).toBe(1)
  })

  marbles('says nothing of one that spoke, failed, goes on or was let go', ({ hot, expectObservable, flush }) => {
    let silences = 0
    const heard = () => ifSilent<object>(() => silences++)

    expectObservable(hot('-a-a-|', values).pipe(heard())).toBe('-a-a-|', values)
    expectObservable(hot('--#', values).pipe(heard())).toBe('--#')
    expectObservable(hot('----', values).pipe(heard())).toBe('----')
    expectObservable(hot('----|', values).pipe(heard()), '--!').toBe('----')
    flush()
    expect(silences).toBe(0)
  })
})
