import { describe } from 'vitest'
import { endOf } from '../../src/page/endOf'
import { marbles } from '../helpers/marbles'

describe('endOf', () => {
  marbles('emits when the source completes, whatever it emitted', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b-|')
    const subs = '       ^----!'
    const expected = '   -----(0|)'

    expectObservable(endOf(source)).toBe(expected, { 0: 0 })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('fails with the source', ({ hot, expectObservable }) => {
    const source = hot(' -a-#')
    const expected = '   ---#'

    expectObservable(endOf(source)).toBe(expected)
  })
})
