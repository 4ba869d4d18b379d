import fc from 'fast-check'
import {
  buffer,
  filter,
  ignoreElements,
  last,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  takeUntil,
  tap,
  timer,
} from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Identified } from '../../src/operators/identify'
import { type Journal, journal } from '../../src/operators/journal'
import type { Parcel } from '../../src/operators/keepSession'
import { inVirtualTime, marbles } from '../helpers/marbles'
import { identified, reading } from '../helpers/readings'
import { watch } from '../helpers/watch'

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
const isMine = ({ field }: Identified) => field !== 'metrics'
const how = (given: Partial<Journal> = {}): Journal => ({
  ...{ isMine, size: 1e9, rate: 4, isUrgent: (one) => one === e, mayTell: () => true, soon: () => timer(0) },
  ...given,
})
const open = (slot: number, ...readings: Identified[]): Parcel => ({ reason: 'recovered', readings, slot })
const closed = (...readings: Identified[]): Parcel => ({ reason: 'sample', readings })

describe('journal', () => {
  marbles('tells what waits a while after it came, once', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b----c-----|', readings)
    const subs = '       ^-------------!'
    //                    ----o  ----p
    const expected = '   -----o------p-(s|)'

    expectObservable(source.pipe(journal(lane(NEVER), how()))).toBe(expected, {
      o: open(0, a, b),
      p: open(0, a, b, c),
      s: closed(a, b, c),
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('tells what is urgent when its task ends, with what waits beside it', ({ hot, expectObservable }) => {
    const source = hot(' -a-e----|', readings)
    //                    ----x
    const expected = '   ---o----(s|)'

    expectObservable(source.pipe(journal(lane(NEVER), how()))).toBe(expected, { o: open(0, a, e), s: closed(a, e) })
  })

  marbles('begins anew with what came after a parcel closed', ({ hot, expectObservable }) => {
    const source = hot(' -a---b--c------|', readings)
    const cut = hot('    -------x--------')
    //                    ----o
    //                          ------ ----p
    const expected = '   -----o-s----p--(t|)'

    expectObservable(source.pipe(journal(lane(cut), how()))).toBe(expected, {
      o: open(0, a, b),
      s: closed(a, b),
      p: open(0, c),
      t: closed(c),
    })
  })

  marbles('tells of several parcels that wait only those that have grown', ({ hot, expectObservable }) => {
    const source = hot(' (abc)-b-----|', readings)
    //                   ----x
    //                         ----y
    const expected = '   ----(op)--q-(s|)'

    expectObservable(source.pipe(journal(lane(NEVER), how({ size: 2 })))).toBe(expected, {
      o: open(0, a, b),
      p: open(1, c),
      q: open(1, c, b),
      s: closed(a, b, c, b),
    })
  })

  marbles('leaves to others what is theirs', ({ hot, expectObservable }) => {
    const source = hot(' -m------|', readings)
    const expected = '   --------|'

    expectObservable(source.pipe(journal(lane(NEVER), how()))).toBe(expected)
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
        source.pipe(journal(lane(NEVER), how({ mayTell: () => isGranted }))),
      ),
    ).toBe(expected, { o: open(0, a, b), s: closed(a, b) })
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', readings)
    const broken = hot(' -a#', readings)
    const endless = hot('-a--', readings)
    const subs = '       ^-!'
    const unsub = '      --!'

    expectObservable(nothing.pipe(journal(lane(NEVER), how()))).toBe('---|')
    expectObservable(broken.pipe(journal(lane(NEVER), how()))).toBe(' --#')
    expectObservable(endless.pipe(journal(lane(NEVER), how())), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  test('tells what is urgent at the end of the real task', async () => {
    const { soon, ...rest } = how()
    const { seen, unsubscribe } = watch(merge(of(e), NEVER).pipe(journal(lane(NEVER), rest)))
    expect(seen).toEqual([])
    await Promise.resolve()

    expect(seen).toEqual([open(0, e)])
    unsubscribe()
  })

  test('closes each reading at most once, and has told of all others', () => {
    const acts = fc.array(fc.record({ at: fc.integer({ min: 1, max: 90 }), isCut: fc.boolean() }), { maxLength: 40 })
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 4 }), (acts, size) => {
        const at = (isCut: boolean) => [...new Set(acts.filter((act) => act.isCut === isCut).map(({ at }) => at))]
        const parcels: Parcel[] = []
        const given = at(false).map((time) => [time, mark(`${time}`)] as const)
        inVirtualTime(({ flush }) => {
          const reading$ = merge(...given.map(([time, one]) => timer(time).pipe(map(() => one))), NEVER)
          const cut$ = merge(...at(true).map((time) => timer(time)))
          const told$ = reading$.pipe(journal(lane(cut$), how({ size })), takeUntil(timer(200)))
          told$.subscribe((parcel) => parcels.push(parcel))
          flush()
        })
        const readingsOf = (isOpen: boolean) =>
          parcels.filter(({ slot }) => (slot !== undefined) === isOpen).flatMap(({ readings }) => readings)

        expect(new Set(readingsOf(false)).size).toBe(readingsOf(false).length)
        const told = new Set([...readingsOf(false), ...readingsOf(true)])
        expect(given.filter(([, one]) => !told.has(one))).toEqual([])
      }),
    )
  })
})
