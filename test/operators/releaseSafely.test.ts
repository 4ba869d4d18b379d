import { finalize, merge, NEVER, Observable, of, take, throwError, timer } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { releaseSafely } from '../../src/operators/releaseSafely'
import { inVirtualTime, marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

const fail = () => {
  throw new Error('of theirs')
}

describe('releaseSafely', () => {
  marbles('hands on values and the end, and subscribes once', ({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('  -a--b-|')
    const subs = '         ^-----!'
    const expected = '     -a--b-|'

    expectObservable(source.pipe(releaseSafely(fail))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('hands on an error', ({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('  -a-#')
    const subs = '         ^--!'
    const expected = '     -a-#'

    expectObservable(source.pipe(releaseSafely(fail))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('lets go early', ({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('  -a--b-|')
    const subs = '         ^--!'
    const unsub = '        ---!'
    const expected = '     -a--'

    expectObservable(source.pipe(releaseSafely(fail)), unsub).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  test('tells what a teardown throws to nobody else when it is no longer wanted', () => {
    const failed = vi.fn()
    const { unsubscribe } = watch(merge(of(1), NEVER).pipe(finalize(fail), releaseSafely(failed)))

    expect(unsubscribe).not.toThrow()
    expect(String(failed.mock.calls[0]?.[0])).toContain('of theirs')
    expect(failed).toHaveBeenCalledTimes(1)
  })

  test('tells what a teardown throws when the source has ended, and nobody in whose callback it did', () => {
    const failed = vi.fn()
    inVirtualTime(({ flush }) => {
      const { end } = watch(timer(5).pipe(take(1), finalize(fail), releaseSafely(failed)))
      expect(flush).not.toThrow()
      expect(end.completed).toBe(true)
    })

    expect(failed).toHaveBeenCalledTimes(1)
  })

  test('tells what a teardown throws when the source has ended at once', () => {
    const failed = vi.fn()
    const ending = new Observable<number>((subscriber) => {
      subscriber.complete()
      return fail
    })

    expect(watch(ending.pipe(releaseSafely(failed))).end.completed).toBe(true)
    expect(failed).toHaveBeenCalledTimes(1)
  })

  test('hands on what ends at once', () => {
    expect(watch(of(1, 2).pipe(releaseSafely(fail)))).toMatchObject({ seen: [1, 2], end: { completed: true } })
    expect(watch(throwError(() => 'no').pipe(releaseSafely(fail))).end.error).toBe('no')
    expect(watch(new Observable<number>(fail).pipe(releaseSafely(fail))).end.error).toBeInstanceOf(Error)
  })
})
