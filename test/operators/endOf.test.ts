import { describe } from 'vitest'
import { endOf } from '../../src/operators/endOf'
import { marbles } from '../helpers/marbles'

describe('endOf', () => {
  marbles('tells of the end, and of nothing before', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b--|')
    const subs = '       ^-----!'
    const expected = '   ------(e|)'

    expectObservable(endOf(source)).toBe(expected, { e: 0 })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('tells of an end at once', ({ cold, expectObservable }) => {
    expectObservable(endOf(cold('|'))).toBe('(e|)', { e: 0 })
  })

  marbles('passes an error on', ({ hot, expectObservable }) => {
    const source = hot(' -a-#')
    const expected = '   ---#'

    expectObservable(endOf(source)).toBe(expected)
  })

  marbles('lets go when unsubscribed', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a---|')
    const subs = '       ^--!'
    const unsub = '      ---!'
    const expected = '   ------'

    expectObservable(endOf(source), unsub).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })
})
