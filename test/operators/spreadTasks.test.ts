import { Subject } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { spreadTasks } from '../../src/operators/spreadTasks'
import { unloading } from '../../src/page/unloading'
import { marbles } from '../helpers/marbles'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A page, what comes, and what passes. */
const passing = () => {
  const page = fakePage()
  const value$ = new Subject<string>()
  const noted = watch(unloading(page))
  const { seen, end, unsubscribe } = watch(value$.pipe(spreadTasks(page)))
  const stop = () => {
    unsubscribe()
    noted.unsubscribe()
  }
  return { page, value$, seen, end, stop }
}

describe('spreadTasks', () => {
  marbles('is the source, and its subscription', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b-|')
    const subs = '       ^----!'
    const expected = '   -a-b-|'

    expectObservable(source.pipe(spreadTasks(fakePage()))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  test('passes each value on later, in a task of its own', () => {
    const { value$, seen, stop } = passing()
    value$.next('a')
    value$.next('b')
    expect(seen).toEqual([])
    expect(vi.getTimerCount()).toBe(2)

    vi.advanceTimersByTime(0)
    expect(seen).toEqual(['a', 'b'])
    stop()
  })

  test.for([
    ['hidden', 'hide'],
    ['left', 'leave'],
  ] as const)('passes on at once what waits when the page is %s, and what comes then', ([, how]) => {
    const { page, value$, seen, stop } = passing()
    value$.next('a')
    value$.next('b')
    page[how]()
    expect(seen).toEqual(['a', 'b'])

    value$.next('c')
    expect(seen).toEqual(['a', 'b', 'c'])
    vi.runAllTimers()
    expect(seen).toEqual(['a', 'b', 'c'])
    stop()
  })

  test('passes on at once what waits when the source completes', () => {
    const { page, value$, seen, end, stop } = passing()
    value$.next('a')
    value$.complete()
    expect(seen).toEqual(['a'])

    vi.runAllTimers()
    expect(seen).toEqual(['a'])
    expect(end.completed).toBe(true)
    stop()
    expect(page.open()).toBe(0)
  })
})
