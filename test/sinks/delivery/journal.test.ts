import fc from 'fast-check'
import {
  buffer,
  filter,
  identity,
  ignoreElements,
  interval,
  last,
  map,
  merge,
  mergeMap,
  NEVER,
  type Observable,
  type OperatorFunction,
  of,
  pipe,
  Subject,
  scan,
  takeUntil,
  tap,
  timer,
} from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Identified } from '../../../src/operators/identify'
import type { Parcel } from '../../../src/operators/keepSession'
import { type Journal, journal } from '../../../src/sinks/delivery/journal'
import { inVirtualTime, marbles } from '../../helpers/marbles'
import { identified, reading } from '../../helpers/readings'
import { watch } from '../../helpers/watch'

const mark = (name: string) => identified(reading('view.marks[]', { name, detail: null, startTime: 0 }))
const event = identified(reading('view.events[]', { buy: {}, timeStamp: 0 }))
const metric = identified(reading('metrics', { lcp: 0 }))
const readings = { a: mark('a'), b: mark('b'), c: mark('c'), e: event, m: metric }
const { a, b, c, e } = readings

/** Closes a parcel whenever `cut$` emits, and at the end. */
const lane = (cut$: Observable<unknown>) => (reading$: Observable<Identified>) =>
  reading$.pipe(
    filter(isMine),
    buffer(cut$),
    filter(({ length }) => length > 0),
    map((readings): Parcel => ({ reason: 'sample', readings })),
  )
/** Closes these when it ends. */
const atEnd =
  (...parcels: Identified[][]) =>
  (reading$: Observable<Identified>): Observable<Parcel> =>
    reading$.pipe(
      last(),
      mergeMap(() => parcels.map((readings) => closed(...readings))),
    )
const isMine = ({ field }: Identified) => field !== 'metrics'
const how = (given: Partial<Journal> = {}): Journal => ({
  ...{ isMine, isEnd: ({ isLast }) => isLast, turn: identity, rate: 4 },
  ...{ isUrgent: (one) => one === e, mayTell: () => true, soon: () => timer(0) },
  ...given,
})
const closed = (...readings: Identified[]): Parcel => ({ reason: 'sample', readings })

/** What the journal gives; slots by number, as they come. */
const open = (slot: number, ...readings: Identified[]) => ({ reason: 'recovered', isOpen: true, readings, slot })
const left = (slot: number, ...readings: Identified[]) => ({ ...closed(...readings), slot })
const journaled = (lane: OperatorFunction<Identified, Parcel>, given: Partial<Journal> = {}) =>
  pipe(
    journal(lane, how(given)),
    scan(
      ({ slots }, { slot, ...parcel }) => {
        if (slot && !slots.includes(slot)) slots.push(slot)
        return { slots, parcel: { ...parcel, ...(slot && { slot: slots.indexOf(slot) }) } }
      },
      { slots: [] as object[], parcel: {} },
    ),
    map(({ parcel }) => parcel),
  )

describe('journal', () => {
  marbles('tells what waits a while after it came, once', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b----c-----|', readings)
    const subs = '       ^-------------!'
    //                    ----o  ----p
    const expected = '   -----o------p-(s|)'

    expectObservable(source.pipe(journaled(lane(NEVER)))).toBe(expected, {
      o: open(0, a, b),
      p: open(0, a, b, c),
      s: left(0, a, b, c),
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('tells what is urgent when its task ends, with what waits beside it', ({ hot, expectObservable }) => {
    const source = hot(' -a-e----|', readings)
    //                    ----x
    const expected = '   ---o----(s|)'

    expectObservable(source.pipe(journaled(lane(NEVER)))).toBe(expected, { o: open(0, a, e), s: left(0, a, e) })
  })

  marbles('begins anew with what came after a parcel closed', ({ hot, expectObservable }) => {
    const source = hot(' -a---b--c------|', readings)
    const cut = hot('    -------x--------')
    //                    ----o  ----p
    const expected = '   -----o-s----p--(t|)'

    expectObservable(source.pipe(journaled(lane(cut)))).toBe(expected, {
      o: open(0, a, b),
      s: left(0, a, b),
      p: open(1, c),
      t: left(1, c),
    })
  })

  marbles('tells of several parcels that wait only those that have grown', ({ hot, expectObservable }) => {
    const source = hot(' (abc)-b-----|', readings)
    //                   ----x ----y
    const expected = '   ----(op)--q-(st|)'

    expectObservable(source.pipe(journaled(atEnd([a, b], [c, b]), { isEnd: (_, length) => length === 2 }))).toBe(
      expected,
      {
        o: open(0, a, b),
        p: open(1, c),
        q: open(1, c, b),
        s: left(0, a, b),
        t: left(1, c, b),
      },
    )
  })

  marbles('leaves to others what is theirs', ({ hot, expectObservable }) => {
    const source = hot(' -m------|', readings)
    const expected = '   --------|'

    expectObservable(source.pipe(journaled(lane(NEVER)))).toBe(expected)
  })

  marbles('tells nothing before it may', ({ hot, expectObservable }) => {
    let isGranted = false
    const source = hot(' -a-----b-----|', readings)
    const grant = hot('  ------x-------')
    //                    ----x
    //                          ----o
    const expected = '   -----------o-(s|)'
    const granted = grant.pipe(
      tap(() => {
        isGranted = true
      }),
      ignoreElements(),
    )

    expectObservable(
      merge(
        granted.pipe(takeUntil(source.pipe(last()))),
        source.pipe(journaled(lane(NEVER), { mayTell: () => isGranted })),
      ),
    ).toBe(expected, { o: open(0, a, b), s: left(0, a, b) })
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', readings)
    const broken = hot(' -a#', readings)
    const endless = hot('-a--', readings)
    const subs = '       ^-!'
    const unsub = '      --!'

    expectObservable(nothing.pipe(journaled(lane(NEVER)))).toBe('---|')
    expectObservable(broken.pipe(journaled(lane(NEVER)))).toBe(' --#')
    expectObservable(endless.pipe(journaled(lane(NEVER))), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  test('tells what is urgent at the end of the real task', async () => {
    const { soon, ...rest } = how()
    const { seen, unsubscribe } = watch(merge(of(e), NEVER).pipe(journal(lane(NEVER), rest)))
    expect(seen).toEqual([])
    await Promise.resolve()

    expect(seen).toMatchObject([{ reason: 'recovered', readings: [e], isOpen: true }])
    unsubscribe()
  })

  marbles('tells what has closed under no other slot, however long it takes to leave', ({ hot, expectObservable }) => {
    const source = hot(' -a---b-c---------|', readings)
    const cut = hot('    ------x-----------')
    // told after         ----o ----q
    // its turn                -------s   -------t
    const expected = '   -----o-----q-s----------(t|)'

    expectObservable(source.pipe(journaled(lane(cut), { turn: later(7) }))).toBe(expected, {
      o: open(0, a, b),
      s: left(0, a, b),
      q: open(1, c),
      t: left(1, c),
    })
  })

  marbles('parts what waits where its parcels are going to close', ({ hot, expectObservable }) => {
    const x = { ...b, isLast: true }
    const source = hot(' (axc)-b-----|', { ...readings, x })
    //                   ----x ----y
    const expected = '   ----(op)--q-(st|)'

    expectObservable(source.pipe(journaled(atEnd([a, x], [c, b])))).toBe(expected, {
      o: open(0, a, x),
      p: open(1, c),
      q: open(1, c, b),
      s: left(0, a, x),
      t: left(1, c, b),
    })
  })

  marbles('tells no more than five at a time, the oldest first, until all are told', ({ hot, expectObservable }) => {
    const source = hot(' (abcabc)------------b-----------', readings)
    //                   ---------x--------y  --------z
    const expected = '   ---------(opqrs)--t----------u--'
    const unsub = '      -------------------------------!'

    expectObservable(source.pipe(journaled(lane(NEVER), { isEnd: () => true, rate: 9 })), unsub).toBe(expected, {
      o: open(0, a),
      p: open(1, b),
      q: open(2, c),
      r: open(3, a),
      s: open(4, b),
      t: open(5, c),
      u: open(6, b),
    })
  })

  marbles('has no clock once all is told', ({ hot, expectObservable }) => {
    const source = hot(' -a-----b------', readings)
    //                    ----x
    //                          ----y
    const expected = '   -----o-----p--'
    const unsub = '      --------------!'

    expectObservable(source.pipe(journaled(lane(NEVER))), unsub).toBe(expected, { o: open(0, a), p: open(0, a, b) })
  })

  test('does not tell for ever where telling is itself a reading', () => {
    let told = 0
    inVirtualTime(({ flush }) => {
      const reading$ = new Subject<Identified>()
      const answer = tap(() => ++told < 100 && reading$.next(a))
      reading$.pipe(journal(lane(NEVER), how()), answer, takeUntil(timer(1000))).subscribe()
      reading$.next(a)
      flush()
    })

    expect(told).toBe(1)
  })

  marbles('parts it where a reading of another lane says so, too', ({ hot, expectObservable }) => {
    const source = hot(' (mamb)------|', readings)
    const expected = '   ----(op)----(st|)'
    const isEnd = ({ field }: Identified) => field === 'metrics'

    expectObservable(source.pipe(journaled(atEnd([a], [b]), { isEnd }))).toBe(expected, {
      o: open(0, a),
      p: open(1, b),
      s: left(0, a),
      t: left(1, b),
    })
  })

  test('has each reading in one parcel at the end, in their order, and none that was told is without one on the way', () => {
    const acts = fc.array(
      fc.record({ at: fc.integer({ min: 1, max: 90 }), act: fc.constantFrom('tell', 'tell', 'last', 'cut') }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 4 }), fc.nat(6), (acts, size, wait) => {
        const last = new Map(acts.map(({ at, act }) => [at, act]))
        const times = [...last.keys()].sort((one, other) => one - other)
        const given = times.filter((at) => /tell|last/.test(last.get(at) as string))
        /** What is stored under each id, as the seal and the outbox have it. */
        const stored: Identified[][] = []
        const numbers = new Map<object, number>()
        const told = new Set<Identified>()
        const without: Identified[] = []
        const take = ({ readings, slot = {} }: Parcel) => {
          const number = numbers.get(slot) ?? stored.length
          numbers.set(slot, number)
          stored[number] = readings
          for (const reading of readings) told.add(reading)
        }
        const check = () => without.push(...[...told].filter((one) => !stored.flat().includes(one)))
        const isEnd = ({ isLast }: Identified, length: number) => isLast || length === size
        inVirtualTime(({ flush }) => {
          const reading$ = merge(
            ...given.map((at) => timer(at).pipe(map(() => ({ ...mark(`${at}`), isLast: last.get(at) === 'last' })))),
            NEVER,
          )
          reading$
            .pipe(journal(whole(last, size), how({ isEnd, turn: later(wait) })), takeUntil(timer(200)))
            .subscribe(take)
          interval(1)
            .pipe(takeUntil(timer(200)))
            .subscribe(check)
          flush()
        })

        expect(without).toEqual([])
        expect(stored.flat().map(({ value }) => (value as { name: string }).name)).toEqual(given.map(String))
      }),
    )
  })
})

const later = (wait: number) => mergeMap((parcel: Parcel) => timer(wait).pipe(map(() => parcel)))

/** A lane that closes its parcels where they are parted, and now and then before. */
const whole =
  (acts: Map<number, string>, size: number) =>
  (reading$: Observable<Identified>): Observable<Parcel> => {
    const waiting: Identified[] = []
    return merge(
      reading$.pipe(
        mergeMap((reading) => {
          waiting.push(reading)
          return reading.isLast || waiting.length === size ? [closed(...waiting.splice(0))] : []
        }),
      ),
      ...[...acts].map(([at, act]) =>
        timer(at).pipe(
          filter(() => act === 'cut' && waiting.length > 0),
          map(() => closed(...waiting.splice(0))),
        ),
      ),
    )
  }
