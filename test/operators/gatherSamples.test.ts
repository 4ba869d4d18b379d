import fc from 'fast-check'
import {
  asyncScheduler,
  BehaviorSubject,
  EMPTY,
  map,
  merge,
  NEVER,
  type Observable,
  of,
  Subject,
  tap,
  timer,
} from 'rxjs'
import { describe, expect, test } from 'vitest'
import { type Gathering, gatherSamples } from '../../src/operators/gatherSamples'
import type { Accepted } from '../../src/payload/quota'
import type { Sample } from '../../src/payload/sample'
import { inVirtualTime, marbles } from '../helpers/marbles'
import { accepted, identity, reading } from '../helpers/readings'
import { watch } from '../helpers/watch'

const mark = (name: string, cut?: 'route' | 'hidden' | 'stop') =>
  accepted(reading('view.marks[]', { name, detail: null, startTime: 0 }, cut), 10)
const readings = {
  ...{ a: mark('a'), b: mark('b'), c: mark('c'), R: mark('R', 'route'), H: mark('H', 'hidden'), S: mark('S', 'stop') },
  L: accepted(mark('L'), 50_000),
}
const gathering = (given: Partial<Gathering> = {}): Gathering => ({
  ...{ rate: 5, open$: of(0), look$: NEVER, identity: () => identity('home') },
  ...given,
})

/** `recovered abc` for an open sample, `sample abc` for a closed one, `!` behind one that has closed because it is full. */
const said = map(({ reason, readings, isFull }: Sample) => {
  const names = readings.map(({ value }) => (value as { name: string }).name).join('')
  return `${reason} ${names}${isFull ? '!' : ''}`
})
const gathered = (reading$: Observable<Accepted>, given?: Partial<Gathering>) =>
  reading$.pipe(gatherSamples(gathering(given)), said)

describe('gatherSamples', () => {
  marbles('closes a sample each rate, an empty one too', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a--b---c-------', readings)
    const subs = '       ^---------------!'
    // the clock         -----|----|----|
    const unsub = '      ----------------!'
    const expected = '   -----1----2----3-'

    expectObservable(gathered(source), unsub).toBe(expected, { 1: 'sample ab', 2: 'sample c', 3: 'sample ' })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles(
    'keeps what may not follow, ends its period all the same, and lets it go with a cut or when it may',
    ({ hot, expectObservable }) => {
      const source = hot('a---------b-----c--H--', readings)
      // the clock        -----|----|----|----|--
      const may = [false, false, true]
      const unsub = '     ---------------------!'
      const expected = '  -----1----2----3---4-'
      const takeTurn = () => !!may.shift()
      const held = (one: Sample) => `${one.isHeld ? 'held ' : ''}${one.readings.length}`

      expectObservable(source.pipe(gatherSamples(gathering({ takeTurn })), map(held)), unsub).toBe(expected, {
        ...{ 1: 'held 0', 2: 'held 0', 3: '2', 4: '2' },
      })
    },
  )

  marbles('keeps routes that may not follow apart, each with its identity', ({ hot, expectObservable }) => {
    const source = hot('aR--b--R--c------', readings)
    // the clock        -|----|----|----|-
    const unsub = '     -----------------!'
    const expected = '  -h----hh----(123)'
    const may = [false, false, false, true]
    const takeTurn = () => !!may.shift()
    const who = () => identity(`${asyncScheduler.now()}`)
    const told = ({ isHeld, reason, readings, identity: { view } }: Sample) =>
      isHeld ? 'held' : `${reason} ${readings.length} ${view.id}`

    expectObservable(source.pipe(gatherSamples(gathering({ takeTurn, identity: who })), map(told)), unsub).toBe(
      expected,
      { h: 'held', 1: 'route 2 1', 2: 'route 2 7', 3: 'sample 1 12' },
    )
  })

  marbles('lets routes that wait go with what ends a sample, and shows them at a look', ({ hot, expectObservable }) => {
    const source = hot('aR-bR-----H----', readings)
    const look = hot('  ------l--------')
    const unsub = '     ---------------!'
    const expected = '  -h--h-(12)(345)'
    const given = { rate: 100, look$: look, takeTurn: () => false }

    expectObservable(source.pipe(gatherSamples(gathering(given)), said), unsub).toBe(expected, {
      ...{ h: 'sample ', 1: 'recovered aR', 2: 'recovered bR', 3: 'route aR', 4: 'route bR', 5: 'hidden H' },
    })
  })

  test('lets routes go when fifty wait: nothing leaves meanwhile, so they are no echoes', () => {
    const route$ = new Subject<Accepted>()
    const { seen } = watch(route$.pipe(gatherSamples(gathering({ takeTurn: () => false }))))
    for (let route = 0; route < 51; route++) route$.next({ ...readings.R })
    expect(seen.slice(0, 50).every(({ isHeld }) => isHeld)).toBe(true)
    expect(seen.slice(50).map(({ reason }) => reason)).toEqual(Array(51).fill('route'))
  })

  test('keeps the routes by which a page answers those that left together', () => {
    const route$ = new Subject<Accepted>()
    const { seen } = watch(route$.pipe(gatherSamples(gathering({ takeTurn: () => false }))))
    const push = (count: number) => {
      for (let route = 0; route < count; route++) route$.next({ ...readings.R })
    }
    const left = () => seen.filter(({ isHeld }) => !isHeld).length
    push(51)
    expect(left()).toBe(51)
    push(51)
    expect(left()).toBe(51)
    push(51)
    expect(left()).toBe(51 + 102)
  })

  test('never keeps more than five hundred routes', () => {
    const route$ = new Subject<Accepted>()
    const { seen } = watch(route$.pipe(gatherSamples(gathering({ takeTurn: () => false }))))
    for (let route = 0; route < 10_000; route++) route$.next({ ...readings.R })
    const waiting = [...seen].reverse().findIndex(({ isHeld }) => !isHeld)
    expect(waiting).toBeLessThanOrEqual(500)
    expect(seen.filter(({ isHeld }) => !isHeld).length).toBeGreaterThanOrEqual(9500)
  })

  marbles('closes it with a cut, for its reason, and when it is large', ({ hot, expectObservable }) => {
    const source = hot(' -aR-L---b--', readings)
    // the clock         --|-|----|-
    const unsub = '      ----------!'
    const expected = '   --1-2----3-'

    expectObservable(gathered(source), unsub).toBe(expected, { 1: 'route aR', 2: 'sample L!', 3: 'sample b' })
  })

  marbles('ends with a stop, and with nothing behind it', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-S-|', readings)
    const subs = '       ^--!  '
    const expected = '   ---(s|)'

    expectObservable(gathered(source)).toBe(expected, { s: 'stop aS' })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('holds samples until they may leave, and starts their clock then', ({ hot, expectObservable }) => {
    const source = hot(' -aR--b--------c--', readings)
    const open = hot('   ------o----------')
    // the clock               -----|----|
    const unsub = '      -----------------!'
    const expected = '   ------1----2----3-'

    expectObservable(gathered(source, { open$: open }), unsub).toBe(expected, {
      ...{ 1: 'route aR', 2: 'sample b', 3: 'sample c' },
    })
  })

  marbles('shows at a look nothing that may not be looked at yet', ({ hot, expectObservable }) => {
    const source = hot(' -a---b--', readings)
    const look = hot('   ---l---l')
    const may = [false, true]
    const unsub = '      --------!'
    const expected = '   -------1'
    const given = { rate: 100, look$: look, mayLook: () => !!may.shift() }

    expectObservable(gathered(source, given), unsub).toBe(expected, { 1: 'recovered ab' })
  })

  marbles('shows at a look what has grown since the last one, closed samples that are held too', (t) => {
    const source = t.hot('-aRb------c----', readings)
    const look = t.hot('  ----l--l---l---')
    const unsub = '       --------------!'
    const expected = '    ----(xy)---z---'

    t.expectObservable(gathered(source, { open$: NEVER, look$: look }), unsub).toBe(expected, {
      ...{ x: 'recovered aR', y: 'recovered b', z: 'recovered bc' },
    })
  })

  marbles('shows no sample that has left', ({ hot, expectObservable }) => {
    const source = hot(' -aH------', readings)
    const look = hot('   ---l-----')
    const unsub = '      --------!'
    const expected = '   --1----2-'

    expectObservable(gathered(source, { look$: look }), unsub).toBe(expected, { 1: 'hidden aH', 2: 'sample ' })
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('-a-|', readings)
    const broken = hot(' -a#', readings)
    const endless = hot('-a--', readings)
    const subs = '       ^-!'
    const unsub = '      --!'

    expectObservable(gathered(nothing, { look$: NEVER })).toBe('---(s|)', { s: 'sample a' })
    expectObservable(gathered(broken)).toBe('--#')
    expectObservable(gathered(endless), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  test('knows a sample again by its draft', () => {
    const reading$ = new Subject<Accepted>()
    const look$ = new Subject<void>()
    const { seen } = watch(reading$.pipe(gatherSamples(gathering({ rate: 1000, look$ }))))
    reading$.next(readings.a)
    look$.next()
    reading$.next(readings.R)
    reading$.next(readings.b)
    look$.next()

    expect(seen.map(({ isOpen }) => !!isOpen)).toEqual([true, false, true])
    expect(seen[1]?.draft).toBe(seen[0]?.draft)
    expect(seen[2]?.draft).not.toBe(seen[0]?.draft)
  })

  test('gives a sample the identity of the moment at which it closes', () => {
    const who = new BehaviorSubject(identity('a'))
    const reading$ = new Subject<Accepted>()
    const open$ = new Subject<void>()
    const look$ = new Subject<void>()
    const { seen } = watch(
      reading$.pipe(gatherSamples(gathering({ rate: 1000, open$, look$, identity: () => who.value }))),
    )
    reading$.next(readings.R)
    who.next(identity('b'))
    look$.next()
    open$.next()

    expect(seen.map((sample) => sample.identity.view.id)).toEqual(['a', 'a'])
  })

  test('keeps what comes while a sample is handed over', () => {
    const reading$ = new Subject<Accepted>()
    const answer = tap(({ readings: [first] }: Sample) => first === readings.a && reading$.next(readings.b))
    const { seen } = watch(reading$.pipe(gatherSamples(gathering({ rate: 1000 })), answer, said))
    for (const one of [readings.a, readings.R, readings.c, readings.H]) reading$.next(one)

    expect(seen).toEqual(['route aR', 'hidden bcH'])
  })

  test('has each reading in one sample at the end, in its order, and shows none under two drafts', () => {
    const acts = fc.array(
      fc.record({ at: fc.integer({ min: 1, max: 90 }), act: fc.constantFrom('read', 'read', 'cut', 'large', 'look') }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(acts, fc.integer({ min: 0, max: 60 }), (acts, opens) => {
        const last = new Map(acts.map(({ at, act }) => [at, act]))
        const times = [...last.keys()].sort((one, other) => one - other)
        const given = times.filter((at) => last.get(at) !== 'look')
        const left: string[] = []
        const drafts = new Map<string, Set<unknown>>()
        const take = ({ readings, draft, isOpen }: Sample) => {
          for (const { value } of readings) {
            const { name } = value as { name: string }
            drafts.set(name, (drafts.get(name) ?? new Set()).add(draft))
            if (!isOpen) left.push(name)
          }
        }
        inVirtualTime(({ flush }) => {
          const at = (time: number) => {
            const one = mark(`${time}`, last.get(time) === 'cut' ? 'route' : undefined)
            return accepted(one, last.get(time) === 'large' ? 50_000 : 1)
          }
          const reading$ = merge(
            ...given.map((time) => timer(time).pipe(map(() => at(time)))),
            timer(95).pipe(map(() => mark('stop', 'stop'))),
          )
          const look$ = merge(EMPTY, ...times.filter((time) => last.get(time) === 'look').map((time) => timer(time)))
          reading$.pipe(gatherSamples(gathering({ rate: 7, open$: timer(opens), look$ }))).subscribe(take)
          flush()
        })

        expect(left).toEqual([...given.map(String), 'stop'])
        expect([...drafts.values()].filter(({ size }) => size > 1)).toEqual([])
      }),
    )
  })
})
