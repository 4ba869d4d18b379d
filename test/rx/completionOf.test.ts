import { describe } from 'vitest'
import { completionOf } from '../../src/rx/completionOf'
import { marbles } from '../helpers/marbles'

describe('completionOf', () => {
  marbles('emits when the source completes, whatever it emitted', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b-|')
    const subs = '       ^----!'
    const expected = '   -----(0|)'

    expectObservable(completionOf(source)).toBe(expected, { 0: 0 })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('fails with the source', ({ hot, expectObservable }) => {
    const source = hot(' -a-#')
    const expected = '   ---#'

    expectObservable(completionOf(source)).toBe(expected)
  })
})
