import { Subject } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { lateOnce } from '../../src/payload/late'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

describe('lateOnce', () => {
  test('emits at the first change, and at no other until somebody asks for the value', () => {
    const change$ = new Subject<void>()
    const { seen } = watch(change$.pipe(lateOnce(() => 'now')))
    const counts = []
    for (let times = 0; times < 3; times++) {
      change$.next()
      counts.push(seen.length)
    }
    seen[0]?.()
    counts.push(seen.length)
    for (let times = 0; times < 2; times++) {
      change$.next()
      counts.push(seen.length)
    }

    expect(counts).toEqual([1, 1, 1, 1, 2, 2])
  })

  test('works the value out when it is asked for, and not before', () => {
    let value = 1
    const valueNow = vi.fn(() => value)
    const change$ = new Subject<void>()
    const { seen } = watch(change$.pipe(lateOnce(valueNow)))
    change$.next()
    value = 2
    expect(valueNow).not.toHaveBeenCalled()

    expect(seen[0]?.()).toBe(2)
    expect(valueNow).toHaveBeenCalledOnce()
  })

  test('takes a change that comes while the value is worked out for a new one', () => {
    const change$ = new Subject<void>()
    const { seen } = watch(change$.pipe(lateOnce(() => change$.next())))
    change$.next()
    seen[0]?.()

    expect(seen).toHaveLength(2)
  })

  test('waits for each subscriber of its own', () => {
    const change$ = new Subject<void>()
    const late$ = change$.pipe(lateOnce(() => 0))
    const [one, other] = [watch(late$), watch(late$)]
    change$.next()
    one.seen[0]?.()
    change$.next()

    expect([one, other].map(({ seen }) => seen.length)).toEqual([2, 1])
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|')
    const broken = hot(' --#')
    const endless = hot('----')
    const subs = '       ^-!'
    const unsub = '      --!'
    const late = lateOnce(() => 0)

    expectObservable(nothing.pipe(late)).toBe('---|')
    expectObservable(broken.pipe(late)).toBe(' --#')
    expectObservable(endless.pipe(late), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })
})
