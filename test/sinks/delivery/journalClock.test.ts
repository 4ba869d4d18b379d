import { asyncScheduler, interval, mergeMap, Subject, takeUntil, timer } from 'rxjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Reading } from '../../../src/payload/reading'
import { journalClock } from '../../../src/sinks/delivery/journalClock'
import { inVirtualTime, marbles } from '../../helpers/marbles'
import { fakePage } from '../../helpers/page'
import { reading } from '../../helpers/readings'
import { watch } from '../../helpers/watch'

afterEach(() => vi.useRealTimers())

const action = reading('view.actions[]', {} as never)
const event = reading('view.events[]', { buy: {}, timeStamp: 0 })
const error = reading('view.errors[]', {} as never)
const mark = reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 0 })
const readings = { a: action, e: event, x: error, m: mark, v: reading('metrics', { lcp: 0 }) }
const paces = { u: 'urgent', r: 'rest' }

/** A page whose browser is idle so many ms after it was asked, or when the patience of who asks is over. */
const idleAfter = (ms: number) =>
  fakePage({
    requestIdleCallback: (callback: () => void, { timeout = ms }: IdleRequestOptions) =>
      asyncScheduler.schedule(callback, Math.min(ms, timeout)),
    cancelIdleCallback: (scheduled: { unsubscribe(): void }) => scheduled.unsubscribe(),
  })

/** The clock of a page whose tasks end at once. */
const clock = (page = idleAfter(0)) => journalClock(page, () => [0])

describe('journalClock, of what the visitor or the page did,', () => {
  marbles('emits at the end of the task, once', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -(eax)---|', readings)
    const subs = '       ^--------!'
    // end of the task    ---|
    const expected = '   ----u----|'

    expectObservable(source.pipe(journalClock(fakePage(), () => timer(3)))).toBe(expected, paces)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  for (const [name, one] of Object.entries({ actions: action, events: event, errors: error })) {
    marbles(`counts ${name} among it`, ({ hot, expectObservable }) => {
      const source = hot(' -o-|', { o: one })
      const expected = '   -u-|'

      expectObservable(source.pipe(clock())).toBe(expected, paces)
    })
  }

  marbles('emits again when the last time is 250 ms old, once for all that came', ({ hot, expectObservable }) => {
    const source = hot(' -e--a--x 400ms e-|    ', readings)
    // pause              250ms |  250ms    |
    const expected = '   -u 249ms u 249ms (u|) '

    expectObservable(source.pipe(clock())).toBe(expected, paces)
  })

  marbles('emits at once what comes later than that', ({ hot, expectObservable }) => {
    const source = hot(' -e 249ms e-|', readings)
    const expected = '   -u 249ms u-|'

    expectObservable(source.pipe(clock())).toBe(expected, paces)
  })

  marbles('waits for the end of the task also where the last time is just 250 ms old', ({ hot, expectObservable }) => {
    const source = hot(' -e 252ms e---|', readings)
    // pause                 250ms |
    // end of the task    ---|     ---|
    const expected = '   ----u 252ms u|'

    expectObservable(source.pipe(journalClock(fakePage(), () => timer(3)))).toBe(expected, paces)
  })

  test('waits for 250 ms at most where the clock of the system was set back', async () => {
    vi.useFakeTimers({ now: 5e9 })
    const reading$ = new Subject<Reading>()
    const { seen } = watch(reading$.pipe(clock()))
    reading$.next(event)
    vi.setSystemTime(1e9)
    reading$.next(event)
    vi.advanceTimersByTime(249)
    expect(seen).toEqual(['urgent'])

    vi.advanceTimersByTime(1)
    expect(seen).toEqual(['urgent', 'urgent'])
  })

  test('waits for the end of the real task', async () => {
    const reading$ = new Subject<Reading>()
    const { seen } = watch(reading$.pipe(journalClock(fakePage())))
    reading$.next(event)
    expect(seen).toEqual([])

    await Promise.resolve()
    expect(seen).toEqual(['urgent'])
  })
})

describe('journalClock, of all else,', () => {
  marbles('emits in an idle moment after 600 ms, once for all that came', ({ hot, expectObservable }) => {
    const source = hot(' -m-vm 700ms m-|        ', readings)
    // pause             600ms     600ms
    // idle              + 100ms|  + 100ms   |
    const expected = '   - 700ms r   703ms     (r|)'

    expectObservable(source.pipe(clock(idleAfter(100)))).toBe(expected, paces)
  })

  marbles('waits for an idle moment for 200 ms at most', ({ hot, expectObservable }) => {
    const source = hot(' -m 1200ms       |', readings)
    // pause             600ms
    // idle              + 200ms|
    const expected = '   - 800ms r 400ms |'

    expectObservable(source.pipe(clock(idleAfter(9000)))).toBe(expected, paces)
  })

  marbles('stays within 1 s where the browser reports no idle moment', ({ hot, expectObservable }) => {
    const source = hot(' -m 1200ms       |', readings)
    // pause             600ms
    // assumed           + 200ms|
    const expected = '   - 800ms r 400ms |'

    expectObservable(source.pipe(clock(fakePage()))).toBe(expected, paces)
  })
})

describe('journalClock', () => {
  marbles(
    'writes with what is urgent all else that waits, and only later what comes after it',
    ({ hot, expectObservable }) => {
      const source = hot(' -me-e 349ms m 1000ms     |', readings)
      // urgent              250ms |
      // rest                            600ms |
      const expected = '   --u 249ms u 701ms     r 400ms |'

      expectObservable(source.pipe(clock())).toBe(expected, paces)
    },
  )

  marbles('does not wait for what is urgent where none comes', ({ hot, expectObservable }) => {
    const source = hot(' -em 1000ms        |', readings)
    // rest                 600ms
    const expected = '   -u 600ms r 400ms |'

    expectObservable(source.pipe(clock())).toBe(expected, paces)
  })

  marbles('does not ask for an idle moment that nobody needs', ({ hot, expectObservable }) => {
    const source = hot(' -m 650ms e 400ms |', readings)
    // pause              600ms
    // idle                  + 100ms
    const expected = '   -- 650ms u 400ms |'

    expectObservable(source.pipe(clock(idleAfter(100)))).toBe(expected, paces)
  })

  test.for([
    [[event, mark], 250],
    [[mark], 600],
  ] as const)('emits no more often where there is a reading each millisecond', ([readings, least]) => {
    const times: number[] = []
    inVirtualTime(({ flush }) => {
      const reading$ = interval(1).pipe(
        mergeMap(() => readings),
        takeUntil(timer(2000)),
      )
      reading$.pipe(clock()).subscribe(() => times.push(asyncScheduler.now()))
      flush()
    })
    const pauses = times.slice(1).map((time, at) => time - (times[at] as number))

    expect(times.length).toBeGreaterThan(2)
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(least)
  })

  test.for([event, mark])('does not emit for ever where a write is itself a reading: $field', (one) => {
    let written = 0
    inVirtualTime(({ flush }) => {
      const reading$ = new Subject<Reading>()
      reading$.pipe(clock(), takeUntil(timer(5000))).subscribe(() => {
        written++
        reading$.next(one)
      })
      reading$.next(one)
      flush()
    })

    expect(written).toBe(1)
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', readings)
    const broken = hot(' -m#', readings)
    const endless = hot('-me-e--', readings)
    const subs = '       ^-----!'
    const unsub = '      ------!'

    expectObservable(nothing.pipe(clock())).toBe('---|')
    expectObservable(broken.pipe(clock())).toBe(' --#')
    expectObservable(endless.pipe(clock()), unsub).toBe('--u----', paces)
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  test('has no timer without a reading, and gives all back when unsubscribed', () => {
    vi.useFakeTimers()
    const reading$ = new Subject<Reading>()
    const { unsubscribe } = watch(reading$.pipe(clock()))
    expect(vi.getTimerCount()).toBe(0)

    for (const one of [event, event, mark]) reading$.next(one)
    expect(vi.getTimerCount()).toBe(2)

    vi.advanceTimersByTime(600)
    unsubscribe()
    expect(vi.getTimerCount()).toBe(0)
  })
})
