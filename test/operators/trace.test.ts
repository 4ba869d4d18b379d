import { of } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { trace } from '../../src/operators/trace'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

const silent = trace<string>(
  () => {},
  'send',
  () => ({}),
)

describe('trace', () => {
  marbles('changes nothing', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-(bc)-|')
    const subs = '       ^-------!'
    const early = '      ^--!     '
    const unsub = '      ---!     '

    expectObservable(source.pipe(silent)).toBe('        -a-(bc)-|')
    expectObservable(source.pipe(silent), unsub).toBe(' -a-')
    expectSubscriptions(source.subscriptions).toBe([subs, early])
  })

  marbles('ends and fails with its source', ({ hot, expectObservable }) => {
    expectObservable(hot('---|').pipe(silent)).toBe('---|')
    expectObservable(hot('-a-#').pipe(silent)).toBe('-a-#')
  })

  test('notes each value under its type, with what it says of it', () => {
    const note = vi.fn()

    watch(of('a', '').pipe(trace(note, 'send', (payload) => ({ payload }))))

    expect(note.mock.calls).toEqual([
      ['send', { payload: 'a' }],
      ['send', { payload: '' }],
    ])
  })
})
