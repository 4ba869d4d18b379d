import { merge, NEVER, of, throwError } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { isolate } from '../../src/operators/isolate'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

const ignore = () => {}
const broken = () => {
  throw new Error('at the start')
}

describe('isolate', () => {
  marbles('ends a part that fails alone, while the others go on', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a--#   ', { a: 'a' })
    const other = hot('  --b--b-|', { b: 'b' })
    const subs = '       ^---!   '
    const others = '     ^------!'
    const expected = '   -ab--b-|'
    const parts = [source, other].map((part) => isolate(() => part, ignore))

    expectObservable(merge(...parts)).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
    expectSubscriptions(other.subscriptions).toBe(others)
  })

  marbles('passes everything else through', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -(ab)-c|')
    const subs = '       ^------!'
    const unsub = '      ------! '
    const early = '      ^-----! '

    expectObservable(isolate(() => source, ignore)).toBe('        -(ab)-c|')
    expectObservable(
      isolate(() => source, ignore),
      unsub,
    ).toBe(' -(ab)-   ')
    expectSubscriptions(source.subscriptions).toBe([subs, early])
  })

  test('ends a part that throws at its start', () => {
    const failed = vi.fn()
    const { seen, end } = watch(
      merge(
        isolate(broken, failed),
        isolate(() => of('b'), failed),
      ),
    )

    expect(seen).toEqual(['b'])
    expect(end).toEqual({ completed: true, error: undefined })
    expect(failed.mock.calls).toEqual([[new Error('at the start')]])
  })

  test('tells of a failure once, and of nothing else', () => {
    const failed = vi.fn()

    watch(isolate(() => throwError(() => 'later'), failed))
    watch(isolate(() => of(1), failed))
    watch(isolate(() => NEVER, failed)).unsubscribe()

    expect(failed.mock.calls).toEqual([['later']])
  })

  test('starts nothing before somebody subscribes', () => {
    const start = vi.fn(() => NEVER)
    const part = isolate(start, ignore)
    expect(start).not.toHaveBeenCalled()

    watch(part).unsubscribe()
    expect(start).toHaveBeenCalledOnce()
  })
})
