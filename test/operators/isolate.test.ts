import { EMPTY, merge, NEVER, Observable, of, Subject, throwError } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { isolate } from '../../src/operators/isolate'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

const ignore = { failed: () => {} }
const fail = (message: string) => () => {
  throw new Error(message)
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
    const part = isolate(() => source, ignore)

    expectObservable(part).toBe('       -(ab)-c|')
    expectObservable(part, unsub).toBe('-(ab)-  ')
    expectSubscriptions(source.subscriptions).toBe([subs, early])
  })

  test('ends a part that throws when it is made or subscribed to', () => {
    const failed = vi.fn()
    const { seen, end } = watch(
      merge(
        isolate(fail('made'), { failed }),
        isolate(() => new Observable(fail('subscribed')), { failed }),
        isolate(() => of('b'), { failed }),
      ),
    )

    expect(seen).toEqual(['b'])
    expect(end).toEqual({ completed: true, error: undefined })
    expect(failed.mock.calls.map(([error]) => error.message)).toEqual(['made', 'subscribed'])
  })

  test('reports a failure once, and nothing else', () => {
    const failed = vi.fn()

    watch(isolate(() => throwError(() => 'later'), { failed }))
    watch(isolate(() => of(1), { failed }))
    watch(isolate(() => NEVER, { failed })).unsubscribe()

    expect(failed.mock.calls).toEqual([['later']])
  })

  test.for<[string, (value$: Subject<string>, unsubscribe: () => void) => void, boolean]>([
    ['it is unsubscribed', (_value$, unsubscribe) => unsubscribe(), false],
    ['it completes', (value$) => value$.complete(), true],
    ['it fails', (value$) => value$.error('broken'), true],
  ])('reports what a teardown throws when %s, and throws it at nobody', ([, end, completed]) => {
    const failed = vi.fn()
    const value$ = new Subject<string>()
    const part = new Observable<string>((subscriber) => {
      subscriber.add(value$.subscribe(subscriber))
      return fail('teardown')
    })
    const watched = watch(isolate(() => part, { failed }))
    value$.next('a')

    expect(() => end(value$, watched.unsubscribe)).not.toThrow()
    expect(watched.seen).toEqual(['a'])
    expect(watched.end).toEqual({ completed, error: undefined })
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ message: expect.stringContaining('teardown') }))
    expect(value$.observed).toBe(false)
  })

  test('reports what the teardown of a part throws that ends at once', () => {
    const failed = vi.fn()
    const part = new Observable<string>((subscriber) => {
      subscriber.next('a')
      subscriber.complete()
      return fail('teardown')
    })
    const { seen, end } = watch(isolate(() => part, { failed }))

    expect(seen).toEqual(['a'])
    expect(end).toEqual({ completed: true, error: undefined })
    expect(failed).toHaveBeenCalledOnce()
  })

  test('says of a part that it has completed without a value', () => {
    const silent = vi.fn()
    const listen = (part: Observable<unknown>) => watch(isolate(() => part, { ...ignore, silent }))
    listen(of(0, undefined))
    listen(NEVER).unsubscribe()
    listen(throwError(() => 'broken'))
    expect(silent).not.toHaveBeenCalled()

    listen(EMPTY)
    expect(silent).toHaveBeenCalledOnce()
  })

  test('starts nothing before somebody subscribes', () => {
    const start = vi.fn(() => NEVER)
    const part = isolate(start, ignore)
    expect(start).not.toHaveBeenCalled()

    watch(part).unsubscribe()
    expect(start).toHaveBeenCalledOnce()
  })
})
