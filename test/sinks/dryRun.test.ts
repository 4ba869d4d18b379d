import { describe } from 'vitest'
import { dryRun } from '../../src/sinks/dryRun'
import { marbles } from '../helpers/marbles'
import { payload } from '../helpers/readings'
import { scopeWith } from '../helpers/scope'

describe('dryRun', () => {
  marbles('counts every payload as delivered', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-(bb)-|', { a: payload(0), b: payload(1, 'hidden') })
    const subs = '       ^-------!'
    const expected = '   -a-(bb)-|'

    expectObservable(dryRun()(source, scopeWith())).toBe(expected, {
      a: { type: 'sent', way: 'dry', id: 'key-0', seq: 0, reason: 'sample' },
      b: { type: 'sent', way: 'dry', id: 'key-1', seq: 1, reason: 'hidden' },
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })
})
