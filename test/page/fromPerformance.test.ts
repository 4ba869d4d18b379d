import { map } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { fromPerformance } from '../../src/page/fromPerformance'
import { fakePage } from '../helpers/page'
import { readsEntries, valuesOf } from '../helpers/sources'
import { watch } from '../helpers/watch'

const times = (page: ReturnType<typeof fakePage>, since?: number) =>
  fromPerformance(page, 'event', since).pipe(map(({ startTime }) => startTime))

describe('fromPerformance', () => {
  readsEntries('event', times, {}, 100)

  test('keeps the order of what comes in one delivery', () => {
    const page = fakePage()
    const entries = [{ startTime: 2 }, { startTime: 1 }, { startTime: 3 }]

    expect(valuesOf(page, times(page), () => page.emit('event', entries))).toEqual([2, 1, 3])
  })

  test('counts an entry that began before the view and ended in it', () => {
    const page = fakePage()
    const entries = [
      { startTime: 900, duration: 99 },
      { startTime: 900, duration: 100 },
      { startTime: 900, duration: 200 },
    ]

    expect(valuesOf(page, fromPerformance(page, 'event', 1000), () => page.emit('event', entries))).toHaveLength(2)
  })

  test('does not take the entries of other types', () => {
    const page = fakePage()
    expect(valuesOf(page, times(page), () => page.emit('mark', [{ startTime: 1 }]))).toEqual([])
  })

  test('hands its options to the browser', () => {
    const observed: unknown[] = []
    class PerformanceObserver {
      static supportedEntryTypes = ['event']
      observe = (options: unknown) => observed.push(options)
      disconnect() {}
    }

    watch(
      fromPerformance(fakePage({ PerformanceObserver }), 'event', 0, { durationThreshold: 16 } as never),
    ).unsubscribe()

    expect(observed).toEqual([{ type: 'event', buffered: true, durationThreshold: 16 }])
  })

  test('hands its queue over before the leaving page closes the sample', () => {
    const page = fakePage()
    const heard: unknown[] = []
    const subscription = times(page).subscribe((time) => heard.push(time))
    page.document.addEventListener('visibilitychange', () => heard.push('closed'))

    page.queue('event', [{ startTime: 7 }])
    page.hide()
    subscription.unsubscribe()

    expect(heard).toEqual([7, 'closed'])
  })

  test('gives each subscriber an observer of its own', () => {
    const page = fakePage()
    const [one, two] = [watch(times(page)), watch(times(page))]
    one.unsubscribe()
    page.emit('event', [{ startTime: 1 }])
    two.unsubscribe()

    expect([one.seen, two.seen]).toEqual([[], [1]])
    expect(page.open()).toBe(0)
  })
})
