import { map, timer } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { idleSoon } from '../../src/page/idle'
import { isSupported, timelineOf } from '../../src/page/timeline'
import { endedScript, stick } from '../helpers/endedScript'
import { marbles } from '../helpers/marbles'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'
import { watch } from '../helpers/watch'

const types = ['event', 'layout-shift']
const startsOf = (lists: PerformanceEntry[][]) => lists.map((list) => list.map(({ startTime }) => startTime))

describe('timelineOf', () => {
  givesBack((page) => timelineOf(page)(types))

  test('hands on each list as the browser hands it over, of all its types and of no other', () => {
    const page = fakePage()
    page.emit('event', [{ startTime: 2 }, { startTime: 1 }])
    const seen = valuesOf(page, timelineOf(page)(types), () => {
      page.emit('layout-shift', [{ startTime: 3 }])
      page.emit('mark', [{ startTime: 4 }])
    })

    expect(startsOf(seen)).toEqual([[2, 1], [3]])
  })

  test('hands to each of its subscribers what it wants, through one observer', () => {
    const page = fakePage()
    const timeline = timelineOf(page)
    const [one, other] = [watch(timeline(['event'])), watch(timeline(types, { since: 5 }))]
    const both = page.open()
    page.emit('event', [{ startTime: 1 }])
    page.emit('layout-shift', [{ startTime: 7 }])
    page.emit('event', [{ startTime: 8 }])
    one.unsubscribe()
    page.emit('event', [{ startTime: 9 }])

    expect(page.open()).toBe(both)
    expect(startsOf(one.seen)).toEqual([[1], [8]])
    expect(startsOf(other.seen)).toEqual([[7], [8], [9]])
    other.unsubscribe()
    expect(page.open()).toBe(0)
  })

  test.for([[{}], [{ atOnce: true }]])(
    'keeps for each what it wants, where the script of another is ended: %o',
    ([options]) => {
      const page = fakePage()
      const timeline = timelineOf(page)
      const cut = timeline(['event'], options).subscribe(() => stick())
      const { seen, unsubscribe } = watch(timeline(['event'], options))

      endedScript(() => page.emit('event', [{ startTime: 1 }]))
      cut.unsubscribe()
      page.fire('pagehide')

      expect(startsOf(seen)).toEqual([[1]])
      unsubscribe()
    },
  )

  test('hands what the browser handed over at once, as WebKit does, to those who ask next in the same task too', async () => {
    const page = fakePage()
    const timeline = timelineOf(page)
    page.emit('event', [{ startTime: 1 }])
    const all = [watch(timeline(['event'])), watch(timeline(['event'], { atOnce: true })), watch(timeline(types))]
    await Promise.resolve()
    const late = watch(timeline(['event']))
    page.emit('event', [{ startTime: 2 }])

    for (const { seen } of all) expect(startsOf(seen)).toEqual([[1], [2]])
    expect(startsOf(late.seen)).toEqual([[2]])
  })

  test.for([
    [{ atOnce: true }, { atOnce: true }],
    [{}, { atOnce: true }],
    [{ atOnce: true }, {}],
    [{}, {}],
  ])('in idle time hands each entry once to each of %j and %j', async ([first, second]) => {
    const page = fakePage()
    const timeline = timelineOf(page, idleSoon(page))
    page.emit('event', [{ startTime: 1 }])
    const both = [watch(timeline(['event'], first)), watch(timeline(['event'], second))]
    await Promise.resolve()
    timeline.flush()

    for (const { seen } of both) expect(startsOf(seen)).toEqual([[1]])
  })

  test('observes a type once, and begins anew after its last subscriber has gone', () => {
    const page = fakePage()
    const timeline = timelineOf(page)
    page.emit('event', [{ startTime: 1 }])
    const [first, second] = [watch(timeline(['event'])), watch(timeline(['event']))]
    first.unsubscribe()
    second.unsubscribe()

    expect(startsOf(first.seen)).toEqual([[1]])
    expect(startsOf(valuesOf(page, timeline(['event'])))).toEqual([[1]])
  })

  test('leaves out of a list what ended before the view began', () => {
    const page = fakePage()
    const entries = [
      { startTime: 900, duration: 99 },
      { startTime: 900, duration: 100 },
    ]
    const seen = valuesOf(page, timelineOf(page)(types, { since: 1000 }), () => page.emit('event', entries))

    expect(seen).toEqual([[expect.objectContaining({ duration: 100 })]])
  })

  test('takes what is queued when the page is left, and says so to those who ask if nothing is', () => {
    const page = fakePage()
    const leave = () => {
      page.queue('event', [{ startTime: 7 }])
      page.leave()
    }

    expect(startsOf(valuesOf(page, timelineOf(page)(types), leave))).toEqual([[7]])
    expect(startsOf(valuesOf(page, timelineOf(page)(types, { andLeaving: true }), leave))).toEqual([[7], [7], []])
  })

  test('makes do with the types that the browser has', () => {
    const page = fakePage({ supportedEntryTypes: ['layout-shift'] })

    expect(valuesOf(page, timelineOf(page)(types), () => page.emit('layout-shift', [{}]))).toHaveLength(1)
  })

  test('is empty where it has none of them', () => {
    for (const PerformanceObserver of [{ supportedEntryTypes: [] }, {}, undefined]) {
      const page = fakePage({ PerformanceObserver })
      expect(watch(timelineOf(page)(types)).end.completed).toBe(true)
      expect(isSupported(page, 'event')).toBe(false)
      expect(page.open()).toBe(0)
    }
  })

  test('hands over what the browser has queued when it is flushed, and no empty list', () => {
    const page = fakePage()
    const timeline = timelineOf(page)
    const seen = valuesOf(page, timeline(types), () => {
      timeline.flush()
      page.queue('event', [{ startTime: 7 }])
      timeline.flush()
      timeline.flush()
    })

    expect(startsOf(seen)).toEqual([[7]])
  })

  test('has nothing to flush where nobody listens, before or after', () => {
    const page = fakePage()
    const timeline = timelineOf(page)
    timeline.flush()
    const seen = valuesOf(page, timeline(types))
    page.queue('event', [{ startTime: 7 }])
    timeline.flush()

    expect(seen).toEqual([])
    expect(page.open()).toBe(0)
  })
})

describe('timelineOf, where entries wait for an idle moment,', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }))
  afterEach(() => vi.useRealTimers())

  givesBack((page) => timelineOf(page, idleSoon(page))(types))

  marbles('hands over together, within 300 ms, what has come until then', ({ expectObservable }) => {
    const page = fakePage()
    const start$ = timelineOf(page, idleSoon(page))(types).pipe(map((list) => list.map(({ startTime }) => startTime)))
    for (const [at, type] of [
      [10, 'event'],
      [100, 'layout-shift'],
      [309, 'event'],
      [500, 'event'],
    ] as const) {
      timer(at).subscribe(() => page.emit(type, [{ startTime: at }]))
    }
    // waiting           --10ms--|200ms|100ms   --500ms--|200ms|100ms
    const unsub = '      1s                     !'
    const expected = '   310ms                  a 489ms b'

    expectObservable(start$, unsub).toBe(expected, { a: [10, 100, 309], b: [500] })
  })

  marbles('hands over in time also where the browser is never idle', ({ expectObservable }) => {
    const requestIdleCallback = (callback: () => void, { timeout = 0 }: IdleRequestOptions) => {
      timer(timeout).subscribe(callback)
      return 1
    }
    const page = fakePage({ requestIdleCallback })
    const length$ = timelineOf(page, idleSoon(page))(types).pipe(map(({ length }) => length))
    timer(10).subscribe(() => page.emit('event', [{}, {}]))
    // waiting           --10ms--|200ms|100ms
    const unsub = '      1s    !'
    const expected = '   310ms a'

    expectObservable(length$, unsub).toBe(expected, { a: 2 })
  })

  test('asks for an idle moment after 200 ms, and hands over when it comes', () => {
    const asked: (() => void)[] = []
    const page = fakePage({ requestIdleCallback: (callback: () => void) => asked.push(callback) })
    const { seen, unsubscribe } = watch(timelineOf(page, idleSoon(page))(types))
    page.emit('event', [{ startTime: 1 }])
    vi.advanceTimersByTime(199)
    expect(asked).toEqual([])

    vi.advanceTimersByTime(1)
    expect(asked).toHaveLength(1)
    page.emit('event', [{ startTime: 2 }])
    expect(seen).toEqual([])
    asked[0]?.()
    expect(startsOf(seen)).toEqual([[1, 2]])
    unsubscribe()
  })

  test('hands over at once to those who want that, and not again', () => {
    const page = fakePage()
    const timeline = timelineOf(page, idleSoon(page))
    const [early, late] = [watch(timeline(types, { atOnce: true })), watch(timeline(types))]
    page.emit('event', [{ startTime: 1 }])
    page.emit('event', [{ startTime: 2 }])
    expect(startsOf(early.seen)).toEqual([[1], [2]])
    expect(late.seen).toEqual([])

    vi.advanceTimersByTime(300)
    expect(startsOf(early.seen)).toEqual([[1], [2]])
    expect(startsOf(late.seen)).toEqual([[1, 2]])
    for (const { unsubscribe } of [early, late]) unsubscribe()
  })

  test('waits for no moment for what everybody wants at once', async () => {
    const requestIdleCallback = vi.fn()
    const page = fakePage({ requestIdleCallback })
    const timeline = timelineOf(page, idleSoon(page))
    const [early, late] = [watch(timeline(types, { atOnce: true })), watch(timeline(['mark']))]
    page.emit('event', [{ startTime: 1 }])
    vi.advanceTimersByTime(1000)
    await Promise.resolve()
    const latest = watch(timeline(['event']))
    page.emit('event', [{ startTime: 2 }])

    expect(requestIdleCallback).not.toHaveBeenCalled()
    expect(startsOf(early.seen)).toEqual([[1], [2]])
    vi.advanceTimersByTime(200)
    expect(requestIdleCallback).toHaveBeenCalledTimes(1)
    timeline.flush()
    expect(startsOf(latest.seen)).toEqual([[2]])
    expect(late.seen).toEqual([])
    for (const { unsubscribe } of [early, late, latest]) unsubscribe()
  })

  test('hands over what waits to one that came meanwhile', () => {
    const page = fakePage()
    const timeline = timelineOf(page, idleSoon(page))
    const first = watch(timeline(['event']))
    page.emit('event', [{ startTime: 1 }])
    const second = watch(timeline(['event']))
    vi.advanceTimersByTime(300)

    expect([first, second].map(({ seen }) => startsOf(seen))).toEqual([[[1]], [[1]]])
    for (const { unsubscribe } of [first, second]) unsubscribe()
  })

  test('hands over at once what waits and what the browser has queued, in their order, when it is flushed', () => {
    const page = fakePage()
    const timeline = timelineOf(page, idleSoon(page))
    const early = watch(timeline(types, { atOnce: true }))
    const seen = valuesOf(page, timeline(types), () => {
      page.emit('event', [{ startTime: 1 }])
      page.queue('layout-shift', [{ startTime: 2 }])
      timeline.flush()
      vi.advanceTimersByTime(1000)
    })
    early.unsubscribe()

    expect(startsOf(seen)).toEqual([[1, 2]])
    expect(startsOf(early.seen)).toEqual([[1], [2]])
  })

  test.for([
    ['is hidden', 'hide'],
    ['is left', 'leave'],
  ] as const)('hands over at once what waits when the page %s', ([, act]) => {
    const page = fakePage()
    const seen = valuesOf(page, timelineOf(page, idleSoon(page))(types), () => {
      page.emit('event', [{ startTime: 1 }])
      page.queue('event', [{ startTime: 2 }])
      page[act]()
      vi.advanceTimersByTime(1000)
    })

    expect(startsOf(seen)).toEqual([[1, 2]])
  })

  test('hands over before anybody else hears that the page is left', () => {
    const page = fakePage()
    const order: string[] = []
    page.addEventListener('pagehide', () => order.push('pagehide'))
    page.document.addEventListener('visibilitychange', () => order.push('visibilitychange'))
    const entry$ = timelineOf(page, idleSoon(page))(types).pipe(map((list) => order.push(`${list.length} entries`)))
    valuesOf(page, entry$, () => {
      page.emit('event', [{}])
      page.fire('pagehide')
      page.emit('event', [{}, {}])
      page.hide()
    })

    expect(order).toEqual(['1 entries', 'pagehide', '2 entries', 'visibilitychange'])
  })

  test('says that the page is left, once for each event, to those who ask', () => {
    const page = fakePage()
    const timeline = timelineOf(page, idleSoon(page))
    const lists = [true, false].map((atOnce) => watch(timeline(types, { andLeaving: true, atOnce })))
    page.emit('event', [{ startTime: 1 }])
    page.hide()
    for (const { unsubscribe } of lists) unsubscribe()

    expect(lists.map(({ seen }) => startsOf(seen))).toEqual([[[1], []], [[1]]])
  })

  test.for<[string, number]>([
    ['while entries wait', 100],
    ['while an idle moment is asked for', 250],
  ])('leaves nothing open when unsubscribed %s, and forgets them', ([, ms]) => {
    const cancelled: number[] = []
    const page = fakePage({ requestIdleCallback: () => 7, cancelIdleCallback: (id: number) => cancelled.push(id) })
    const timeline = timelineOf(page, idleSoon(page))
    const { seen, unsubscribe } = watch(timeline(types))
    page.emit('event', [{ startTime: 1 }])
    vi.advanceTimersByTime(ms)
    unsubscribe()

    expect(page.open()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
    expect(cancelled).toEqual(ms > 200 ? [7] : [])
    expect(seen).toEqual([])
    // the browser hands over again what it has
    expect(startsOf(valuesOf(page, timeline(types), () => timeline.flush()))).toEqual([[1]])
  })

  test('takes more entries at once than a function takes arguments', () => {
    const page = fakePage()
    const many = Array.from({ length: 200_000 }, (_, startTime) => ({ startTime }))
    const timeline = timelineOf(page)
    const all = [watch(timeline(types)), watch(timeline(types, { atOnce: true }))]
    page.emit('event', many)
    all.push(watch(timeline(types)))

    expect(all.map(({ seen }) => seen[0]?.length)).toEqual([many.length, many.length, many.length])
  })
})
