import { EMPTY, map, NEVER, Observable, of, Subject, throwError, timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { views } from '../src/lifecycle'
import { observe } from '../src/observe'
import { cutFor, intoBatches, type Reading, unbatched, valueIn } from '../src/payload/reading'
import type { Settings } from '../src/settings'
import { named, type Source, type SourceOptions } from '../src/sources/source'
import { workings } from '../src/workings'
import { inVirtualTime, marbles } from './helpers/marbles'
import { type FakePage, fakePage } from './helpers/page'
import { reading } from './helpers/readings'
import { watch } from './helpers/watch'

const mark = reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 1 })
const memory = reading('view.usedMemory', 5)
const stop = cutFor('stop')
const broken = () => {
  throw new Error('broken')
}

/** A collector with these sources, and what its debug stream tells. */
const collector = (sources: Source<Reading>[], page: FakePage = fakePage(), given: Partial<Settings> = {}) => {
  const own = workings({ page, sources, sinks: [], ...given })
  return { own, page, steps: watch(own.debug$).seen }
}

/** What is observed of a page while it does something, and after that. */
const observed = (sources: Source<Reading>[], act: (page: FakePage) => void = () => {}, page?: FakePage) => {
  const { own, steps, ...rest } = collector(sources, page)
  const { seen, end, unsubscribe } = watch(observe(own, { since: 0 }))
  act(rest.page)
  unsubscribe()
  return { ...rest, own, steps, seen, end }
}

/** Marks, out of the timeline that all sources share. */
const marks: Source<Reading> = (_page, { timeline } = {}) =>
  (timeline as NonNullable<typeof timeline>)(['mark']).pipe(
    map((list) => list.map(({ name }) => name).join(' ')),
    map((names) => reading('view.marks[]', { name: names, detail: null, startTime: 0 })),
  )
/** What was read, in short. */
const shorts = (readings: Reading[]) => readings.map(({ value, cut }) => cut ?? (value as { name: string }).name)

describe('observe', () => {
  test('emits what each source reads, side by side', () => {
    const [first$, second$] = [new Subject<Reading>(), new Subject<Reading>()]
    const { seen, end } = observed([() => first$, () => second$], () => {
      first$.next(mark)
      second$.next(memory)
      first$.next(memory)
    })

    expect(seen).toEqual([mark, memory, memory])
    expect(end.completed).toBe(false)
  })

  test('goes on where all sources have ended', () => {
    const { seen, end } = observed([() => of(mark), () => EMPTY])

    expect(seen).toEqual([mark])
    expect(end.completed).toBe(false)
  })

  test('gives each source the page, the settings, what the owner says, and one timeline for all', () => {
    const given: [page: unknown, options: SourceOptions | undefined][] = []
    const asking: Source<Reading> = (page, options) => {
      given.push([page, options])
      return NEVER
    }
    const { own, page } = collector([asking, asking], undefined, { maxEntries: 7 })
    watch(observe(own, { since: 4000 })).unsubscribe()
    const [[, options], [, others]] = given as [(typeof given)[number], (typeof given)[number]]
    const { viewId$, labels$, event$ } = own.said

    expect(given.map(([page]) => page)).toEqual([page, page])
    expect(options).toMatchObject({ maxEntries: 7, since: 4000 })
    expect([options?.viewId$, options?.labels$, options?.event$]).toEqual([viewId$, labels$, event$])
    expect([options?.loop$, options?.calm$]).toEqual([own.loop$, own.calm$])
    expect(options?.timeline).toBeTypeOf('function')
    expect(others?.timeline).toBe(options?.timeline)
  })

  test('asks no source before somebody subscribes, and lets go of all that they took', () => {
    let made = 0
    const counting: Source<Reading> = (...given) => {
      made++
      return marks(...given)
    }
    const { own, page } = collector([counting, marks])
    const reading$ = observe(own, { since: 0 })
    expect([made, page.open()]).toEqual([0, 0])

    const { unsubscribe } = watch(reading$)
    expect(made).toBe(1)
    expect(page.open()).toBeGreaterThan(0)
    unsubscribe()
    expect(page.open()).toBe(0)
    expect(own.stop$.observed).toBe(false)
  })
})

describe('a source', () => {
  test.for<[string, Source<Reading>]>([
    ['when it is made', broken],
    ['when it is subscribed to', () => new Observable(broken)],
    ['after a value', () => of(memory).pipe(map(broken))],
    ['as an observable does', () => throwError(() => new Error('broken'))],
  ])('that fails, %s, is told of under its name, and ends alone', ([, bad]) => {
    const more$ = new Subject<Reading>()
    const { seen, steps, page, end } = observed([named('metrics', bad), () => more$], () => more$.next(mark))

    expect(seen).toEqual([mark])
    expect(end).toEqual({ completed: false, error: undefined })
    expect(steps).toMatchObject([{ type: 'error', part: 'metrics', message: 'Error: broken' }])
    // it is the affair of who debugs, not of the page
    expect(page.logged).toEqual([])
  })

  test('that fails with what nobody can read, is told of, too', () => {
    const { steps } = observed([named('metrics', () => throwError(() => ({ toString: broken })))])

    expect(steps).toMatchObject([{ type: 'error', part: 'metrics', message: '[unreadable]' }])
  })

  test('that ends without a value, is told of as one that the browser can not tell', () => {
    const { seen, steps } = observed([named('view.fps[]', () => EMPTY), named('metrics', () => of(memory))])

    expect(seen).toEqual([memory])
    expect(steps).toMatchObject([{ type: 'unsupported', part: 'view.fps[]' }])
  })

  test('that is silent, but goes on, is not told of', () => {
    expect(observed([named('view.fps[]', () => NEVER)]).steps).toEqual([])
  })
})

describe('a late value', () => {
  const late = (...values: (() => unknown)[]) =>
    named('metrics', () => of(...values.map((late) => ({ field: 'metrics', late }) as unknown as Reading)))

  test('is what it is when somebody asks, and not before', () => {
    let fcp = 1
    const { seen } = observed([
      late(
        () => ({ fcp }),
        () => undefined,
      ),
    ])
    fcp = 2

    expect(seen.map(valueIn)).toEqual([{ fcp: 2 }, undefined])
  })

  test('is worked out from what stands in its place until then', () => {
    const waiting = { field: 'view.usedMemory', value: 5, late: (until: number) => until * 2 } as unknown as Reading
    const { seen } = observed([() => of(waiting)])

    expect(seen.map(({ value }) => value)).toEqual([5])
    expect(seen.map(valueIn)).toEqual([10])
  })

  test.for<[string, () => unknown, string]>([
    ['an error', broken, 'Error: broken'],
    [
      'what nobody can read',
      () => {
        throw { toString: broken }
      },
      '[unreadable]',
    ],
  ])('that fails, with %s, is told of under the name of its source, and is none', ([, value, message]) => {
    const { seen, steps, page } = observed([late(value, () => ({ fcp: 1 }))])
    expect(steps).toEqual([])

    expect(seen.map(valueIn)).toEqual([undefined, { fcp: 1 }])
    expect(steps).toMatchObject([{ type: 'error', part: 'metrics', message }])
    expect(page.logged).toEqual([])
  })

  test('of an item that fails, is told of, and leaves the others of its batch alone', () => {
    const item = (name: string) => (name === 'b' ? broken() : { name })
    const batches = () => of(['a', 'b', 'c']).pipe(intoBatches('view.resources[]', item as never))
    const { seen, steps } = observed([named('view.resources[]', batches)])

    expect(seen.flatMap(unbatched).map(valueIn)).toEqual([{ name: 'a' }, undefined, { name: 'c' }])
    expect(steps).toMatchObject([{ type: 'error', part: 'view.resources[]', message: 'Error: broken' }])
  })
})

describe('a cut', () => {
  test.for(['route', 'hidden', 'action'] as const)('comes after all that has happened before it: %s', (cut) => {
    const cut$ = new Subject<Reading>()
    const { seen, end } = observed([() => cut$, marks], (page) => {
      page.emit('mark', [{ name: 'waits for an idle moment' }])
      page.queue('mark', [{ name: 'and waits in the browser' }])
      cut$.next(cutFor(cut))
      page.emit('mark', [{ name: 'later' }])
    })

    expect(shorts(seen)).toEqual(['waits for an idle moment and waits in the browser', cut])
    expect(end.completed).toBe(false)
  })

  test('alone makes entries come before their idle moment', () => {
    const other$ = new Subject<Reading>()
    const { seen } = observed([() => other$, marks], (page) => {
      page.emit('mark', [{ name: 'waits' }])
      other$.next(mark)
    })

    expect(shorts(seen)).toEqual(['HE-a'])
  })
})

describe('the end of a view', () => {
  test('is a stop, after all that has happened before it', () => {
    const { own, page } = collector([marks])
    const { seen, end } = watch(observe(own, { since: 0 }))
    page.emit('mark', [{ name: 'last' }])
    own.stop$.next()
    page.emit('mark', [{ name: 'too late' }])

    expect(shorts(seen)).toEqual(['last', 'stop'])
    expect(seen.at(-1)).toEqual(stop)
    expect(end.completed).toBe(true)
    expect(page.open()).toBe(0)
  })

  test('is a stop also where a source stops it', () => {
    const stop$ = new Subject<Reading>()
    const { seen, end } = observed([() => stop$, () => stop$], () => stop$.next(stop))

    expect(seen).toEqual([stop])
    expect(end.completed).toBe(true)
  })

  test('lets no source that fails as it is let go of reach who stops', () => {
    const { own, steps } = collector([named('metrics', () => new Observable(() => broken))])
    const { end } = watch(observe(own, { since: 0 }))
    own.stop$.next()

    expect(end).toEqual({ completed: true, error: undefined })
    expect(steps).toMatchObject([{ type: 'error', part: 'metrics', message: expect.stringContaining('Error: broken') }])
  })

  marbles('is a stop when the page has been hidden for long', ({ expectObservable }) => {
    const { own, page } = collector([], undefined, { stopCollectorAfter: 1 })
    timer(100).subscribe(() => page.hide())
    timer(1000).subscribe(() => page.show())
    timer(2000).subscribe(() => page.hide())
    // hidden          --100ms--|900ms  |  --2s--|1s    |
    const expected = ' 3s                             s '

    expectObservable(
      views(own, (start) => observe(own, start)),
      '4s !',
    ).toBe(expected, { s: stop })
    expectObservable(own.away$.pipe(map(() => 'away')), '4s !').toBe('3s a', { a: 'away' })
  })

  test('does not come before its readings may be sent', () => {
    const seen = inVirtualTime(({ flush }) => {
      const { own, page } = collector([], undefined, { stopCollectorAfter: 1, consent: 'pending' })
      const { seen, unsubscribe } = watch(views(own, (start) => observe(own, start)))
      timer(100).subscribe(() => page.hide())
      timer(5000).subscribe(unsubscribe)
      flush()
      return seen
    })

    expect(seen).toEqual([])
  })
})
