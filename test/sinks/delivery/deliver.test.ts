import fc from 'fast-check'
import { concat, EMPTY, finalize, map, NEVER, type Observable, of, Subject, take, tap, timer } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { type Circumstances, deliver } from '../../../src/sinks/delivery/deliver'
import type { Envelope } from '../../../src/sinks/delivery/envelope'
import type { Outcome } from '../../../src/sinks/delivery/outcome'
import type { Delivery } from '../../../src/sinks/sink'
import { inVirtualTime, marbles } from '../../helpers/marbles'
import { enveloped } from '../../helpers/readings'
import { watch } from '../../helpers/watch'

/** Lists of envelopes whose ids are single letters. */
const lists = (texts: Record<string, string>) =>
  Object.fromEntries(Object.entries(texts).map(([key, ids]) => [key, [...ids].map((id) => enveloped(id))]))

type Answer = (envelope: Envelope) => Outcome

const outcome =
  (type: Delivery['type'], isAnswered: boolean, more: Partial<Outcome> = {}): Answer =>
  ({ id }) => ({ delivery: { type, id }, isAnswered, ...more })

/** What may become of a request. */
const answers: Record<string, Answer> = {
  o: outcome('sent', true),
  f: outcome('retry', false, { retryIn: 0 }),
  r: outcome('drop', true),
  // busy, and asks for 5 s
  b: outcome('retry', true, { retryIn: 5000 }),
  u: outcome('retry', true, { retryIn: 0 }),
  // what is too old, or goes by sendBeacon, has no answer
  d: outcome('drop', false),
  s: (envelope) => outcome('retry', true, { instead: halved(envelope) })(envelope),
  l: (envelope) => outcome('retry', false, { instead: halved(envelope) })(envelope),
}

const halved = ({ id, ...rest }: Envelope) => [enveloped(id, rest), enveloped(`${id}.1`, rest)]

/** Answers one request after the other, and tells the id of each as it leaves. */
const posting = (...given: Observable<Answer>[]) => {
  const request$ = new Subject<string>()
  const post = (envelope: Envelope) => {
    request$.next(envelope.id)
    return (given.shift() ?? NEVER).pipe(map((answer) => answer(envelope)))
  }
  return { post, request$ }
}

const failing = (envelope: Envelope) => of(answers.f?.(envelope) as Outcome)

const text = ({ type, id, cause, retryIn, message }: Delivery) =>
  [type, id, cause, retryIn && `in ${retryIn}`, message].filter(Boolean).join(' ')

/** One column is one second, and the longest possible pause is taken. */
const bySeconds = (given: Partial<Circumstances> = {}): Circumstances => ({
  pause: (ms) => timer(ms / 1000),
  random: () => 1,
  barred$: NEVER,
  ...given,
})

describe('deliver', () => {
  marbles('lets no list wait for another while the endpoint works', ({ hot, cold, ...expecting }) => {
    const { expectObservable, expectSubscriptions } = expecting
    const source = hot('  -x-y-----|', lists({ x: 'a', y: 'b' }))
    const subs = '        ^--------!'
    const slow = cold('    -----(o|)', answers)
    const quick = cold('     --(o|)', answers)
    const slowly = '      -^----!'
    const quickly = '     ---^-!'
    const expected = '    -----ba--|'
    const sent = source.pipe(deliver(posting(slow, quick).post, bySeconds()), map(text))

    expectObservable(sent).toBe(expected, { a: 'sent a', b: 'sent b' })
    expectSubscriptions(source.subscriptions).toBe(subs)
    expectSubscriptions(slow.subscriptions).toBe(slowly)
    expectSubscriptions(quick.subscriptions).toBe(quickly)
  })

  marbles('sends four at a time, of all lists', ({ hot, cold, expectObservable, expectSubscriptions }) => {
    const source = hot('-x-y|              ', lists({ x: 'abcde', y: 'f' }))
    const answer = cold(' ------(o|)       ', answers)
    const first = '      -^-----!          '
    const then = '       -------^-----!    '
    const expected = '   -------(abcd)(ef|)'
    const sent = source.pipe(deliver(posting(...Array(6).fill(answer)).post, bySeconds()), map(text))

    expectObservable(sent).toBe(expected, told('sent', 'abcdef'))
    expectSubscriptions(answer.subscriptions).toBe([first, first, first, first, then, then])
  })

  marbles('goes on after what is refused for good', ({ hot, cold, expectObservable }) => {
    const source = hot('-x-y-|', lists({ x: 'a', y: 'b' }))
    const refused = cold('(r|) ', answers)
    const taken = cold('   (o|) ', answers)
    const expected = '   -a-b-|'
    const sent = source.pipe(deliver(posting(refused, taken).post, bySeconds()), map(text))

    expectObservable(sent).toBe(expected, { a: 'drop a', b: 'sent b' })
  })

  marbles('tries again what failed, alone, after pauses that double', ({ hot, cold, expectObservable }) => {
    const source = hot(' -x-y----------------', lists({ x: 'a', y: 'bc' }))
    const failed = cold(' (f|)               ', answers)
    const taken = cold('                 (o|)', answers)
    // pauses              -|-|---|-------|
    const unsub = '       -------------------!'
    const requests = '    -aa-a---a-------(abc)'
    const expected = '    -12-3---4-------(abc)'
    const { post, request$ } = posting(failed, failed, failed, failed, taken, taken, taken)
    const sent = source.pipe(deliver(post, bySeconds()), map(text))

    expectObservable(request$).toBe(requests)
    expectObservable(sent, unsub).toBe(expected, {
      ...{ 1: 'retry a in 1000', 2: 'retry a in 2000', 3: 'retry a in 4000', 4: 'retry a in 8000' },
      ...told('sent', 'abc'),
    })
  })

  marbles('waits as long as the endpoint asks', ({ hot, cold, expectObservable }) => {
    const source = hot(' -x-y-------', lists({ x: 'a', y: 'b' }))
    const busy = cold('   (b|)      ', answers)
    const taken = cold('       (o|) ', answers)
    // pause               -----|
    const unsub = '       ----------!'
    const requests = '    -a----(ab)'
    const expected = '    -1----(ab)'
    const { post, request$ } = posting(busy, taken, taken)
    const sent = source.pipe(deliver(post, bySeconds()), map(text))

    expectObservable(request$).toBe(requests)
    expectObservable(sent, unsub).toBe(expected, { 1: 'retry a in 5000', ...told('sent', 'ab') })
  })

  test('tells a pause that the endpoint has asked for from one of its own', () => {
    const asked: unknown[] = []
    const pause = (...how: unknown[]) => {
      asked.push(how)
      return asked.length < 3 ? of(0) : NEVER
    }
    const { post } = posting(...[answers.b, answers.u, answers.f].map((answer) => of(answer as Answer)))
    watch(concat(of([enveloped('a')]), NEVER).pipe(deliver(post, bySeconds({ pause }))))

    expect(asked).toEqual([
      [5000, true],
      [2000, false],
      [4000, false],
    ])
  })

  marbles('lets go of all that waits, four at a time, once there is an answer', ({ hot, cold, ...expecting }) => {
    const { expectObservable, expectSubscriptions } = expecting
    const source = hot(' -xy-----------------', lists({ x: 'a', y: 'bcdefg' }))
    const failed = cold(' (f|)               ', answers)
    const refused = cold('  --(r|)           ', answers)
    const taken = cold('      ------(o|)     ', answers)
    // pause               -|
    const first = '       ----^-----!         '
    const then = '        ----------^-----!   '
    const unsub = '       -------------------!'
    const expected = '    -1--a-----(bcde)(fg)'
    const { post } = posting(failed, refused, ...Array(6).fill(taken))
    const sent = source.pipe(deliver(post, bySeconds()), map(text))

    expectObservable(sent, unsub).toBe(expected, { 1: 'retry a in 1000', a: 'drop a', ...told('sent', 'bcdefg') })
    expectSubscriptions(taken.subscriptions).toBe([first, first, first, first, then, then])
  })

  marbles('counts as one what fails side by side', ({ hot, cold, expectObservable }) => {
    const source = hot(' -x----------', lists({ x: 'ab' }))
    const failed = cold(' --(f|)     ', answers)
    const later = cold('  ---(f|)    ', answers)
    const taken = cold('         (o|)', answers)
    // pause                 -----|
    const unsub = '       -----------!'
    const requests = '    -(ab)---(ab)'
    const expected = '    ---12---(ab)'
    const { post, request$ } = posting(failed, later, taken, taken)
    const sent = source.pipe(deliver(post, bySeconds({ pause: () => timer(5) })), map(text))

    expectObservable(request$).toBe(requests)
    expectObservable(sent, unsub).toBe(expected, { 1: 'retry a in 1000', 2: 'retry b', ...told('sent', 'ab') })
  })

  marbles('takes along what waits for its turn when the page unloads', ({ hot, cold, expectObservable }) => {
    const source = hot(' -x-y----z--- ', lists({ x: 'abcd', y: 'e', z: 'f' }))
    const unloads = hot('-------u----- ')
    const silent = cold('------------- ', answers)
    const unsub = '       -------------!'
    const requests = '    -(abcd)-(ef)  '
    const expected = '    ------------- '
    const page = { unloads: false }
    const unload$ = unloads.pipe(tap(() => Object.assign(page, { unloads: true })))
    const { post, request$ } = posting(...Array(6).fill(silent))
    const sent = source.pipe(deliver(post, bySeconds({ isUnloading: () => page.unloads })), map(text))

    expectObservable(unload$).toBe('-------u')
    expectObservable(request$).toBe(requests)
    expectObservable(sent, unsub).toBe(expected)
  })

  marbles('tries in any case what comes while the page unloads', ({ hot, cold, expectObservable }) => {
    const source = hot(' -x-y-z----', lists({ x: 'a', y: 'b', z: 'c' }))
    const unloads = hot('----u-----')
    const failed = cold(' (f|)     ', answers)
    // pause               ---------|
    const unsub = '       ---------!'
    const requests = '    -a---c----'
    const expected = '    -1---c----'
    const page = { unloads: false }
    const unload$ = unloads.pipe(tap(() => Object.assign(page, { unloads: true })))
    const { post, request$ } = posting(failed, failed)
    const circumstances = bySeconds({ pause: () => timer(9), isUnloading: () => page.unloads })
    const sent = source.pipe(deliver(post, circumstances), map(text))

    expectObservable(unload$).toBe('----u')
    expectObservable(request$).toBe(requests)
    expectObservable(sent, unsub).toBe(expected, { 1: 'retry a in 1000', c: 'retry c' })
  })

  marbles('sends halves in place of what is too large', ({ hot, cold, expectObservable }) => {
    const source = hot('   -x-|       ', lists({ x: 'a' }))
    const tooLarge = cold(' --(s|)     ', answers)
    const taken = cold('      ---(o|) ', answers)
    const requests = '      -a-(ah)    '
    const expected = '      ---1--(ah|)'
    const { post, request$ } = posting(tooLarge, taken, taken)
    const sent = source.pipe(deliver(post, bySeconds()), map(text))

    expectObservable(request$).toBe(requests, { a: 'a', h: 'a.1' })
    expectObservable(sent).toBe(expected, { 1: 'retry a', a: 'sent a', h: 'sent a.1' })
  })

  marbles('goes on at once where a try needs no request', ({ hot, cold, expectObservable }) => {
    const source = hot('    -x-y------', lists({ x: 'a', y: 'b' }))
    const failed = cold('    (f|)     ', answers)
    const dropped = cold('       (d|) ', answers)
    const taken = cold('         (o|) ', answers)
    // pause                  -----|
    const unsub = '          ---------!'
    const requests = '       -a----(ab)'
    const expected = '       -1----(ab)'
    const { post, request$ } = posting(failed, dropped, taken)
    const sent = source.pipe(deliver(post, bySeconds({ pause: () => timer(5) })), map(text))

    expectObservable(request$).toBe(requests)
    expectObservable(sent, unsub).toBe(expected, { 1: 'retry a in 1000', a: 'drop a', b: 'sent b' })
  })

  marbles('tries halves before all that came later', ({ hot, cold, expectObservable }) => {
    const source = hot('    -x-y-------', lists({ x: 'a', y: 'b' }))
    const failed = cold('    (f|)      ', answers)
    const tooLarge = cold('       (l|) ', answers)
    const taken = cold('          (o|) ', answers)
    // pause                  -----|
    const unsub = '          ----------!'
    const requests = '       -a----(aahb)'
    const expected = '       -1----(2ahb)'
    const { post, request$ } = posting(failed, tooLarge, taken, taken, taken)
    const sent = source.pipe(deliver(post, bySeconds({ pause: () => timer(5) })), map(text))

    expectObservable(request$).toBe(requests, { a: 'a', b: 'b', h: 'a.1' })
    expectObservable(sent, unsub).toBe(expected, {
      ...{ 1: 'retry a in 1000', 2: 'retry a', h: 'sent a.1' },
      ...told('sent', 'ab'),
    })
  })

  marbles('is silent once the page bars the way, and says so', ({ hot, cold, expectObservable }) => {
    const source = hot('-x-y-z----', lists({ x: 'a', y: 'b', z: 'c' }))
    const barred = hot('---w------', { w: 'no way' })
    const failed = cold('(f|)     ', answers)
    // pause              ---|
    const unsub = '      ---------!'
    const requests = '   -a--------'
    const expected = '   -1-w------'
    const { post, request$ } = posting(failed)
    const sent = source.pipe(deliver(post, bySeconds({ pause: () => timer(3), barred$: barred })), map(text))

    expectObservable(request$).toBe(requests)
    expectObservable(sent, unsub).toBe(expected, {
      ...{ 1: 'retry a in 1000', w: 'error no way, nothing sent until the next page' },
    })
  })

  marbles('stops its clock on completion, and ends', ({ hot, cold, expectObservable, expectSubscriptions }) => {
    const source = hot(' -x-|      ', lists({ x: 'a' }))
    const subs = '       ^--!      '
    const barred = hot(' ----------')
    const failed = cold('(f|)      ', answers)
    const pause = cold('  -----(p|)')
    const paused = '     -^-!      '
    const expected = '   -1-|      '
    const { post } = posting(failed)
    const sent = source.pipe(deliver(post, bySeconds({ pause: () => pause, barred$: barred })), map(text))

    expectObservable(sent).toBe(expected, { 1: 'retry a in 1000' })
    expectSubscriptions(source.subscriptions).toBe(subs)
    expectSubscriptions(barred.subscriptions).toBe(subs)
    expectSubscriptions(pause.subscriptions).toBe(paused)
  })

  marbles('waits on completion for what is under way', ({ hot, cold, expectObservable }) => {
    const source = hot(' -x-y-|      ', lists({ x: 'a', y: 'b' }))
    const failed = cold('(f|)        ', answers)
    const probe = cold('   -----(o|) ', answers)
    const taken = cold('        --(o|)', answers)
    // pause              -|
    const requests = '   -aa----b    '
    const expected = '   -1-----a-(b|)'
    const { post, request$ } = posting(failed, probe, taken)
    const sent = source.pipe(deliver(post, bySeconds()), map(text))

    expectObservable(request$).toBe(requests)
    expectObservable(sent).toBe(expected, { 1: 'retry a in 1000', ...told('sent', 'ab') })
  })

  marbles('ends with a source that gives nothing, and fails with one that fails', ({ hot, cold, expectObservable }) => {
    const nothing = hot('--|', lists({}))
    const broken = hot(' -x-#', lists({ x: 'a' }))
    const slow = cold('   ---(o|)', answers)

    expectObservable(nothing.pipe(deliver(posting().post, { pause: (ms) => timer(ms), barred$: NEVER }))).toBe('--|')
    expectObservable(broken.pipe(deliver(posting(slow).post, { pause: (ms) => timer(ms), barred$: NEVER }))).toBe(
      '---#',
    )
  })

  marbles('lets go of everything when unsubscribed', ({ hot, cold, expectObservable, expectSubscriptions }) => {
    const source = hot(' -x-y---', lists({ x: 'a', y: 'b' }))
    const barred = hot(' -------')
    const subs = '       ^----! '
    const failed = cold('(f|)   ', answers)
    const probe = cold('   -----', answers)
    const probing = '    --^--! '
    // pause              -|
    const unsub = '      -----! '
    const expected = '   -1-----'
    const sent = source.pipe(deliver(posting(failed, probe).post, bySeconds({ barred$: barred })), map(text))

    expectObservable(sent, unsub).toBe(expected, { 1: 'retry a in 1000' })
    expectSubscriptions(source.subscriptions).toBe(subs)
    expectSubscriptions(barred.subscriptions).toBe(subs)
    expectSubscriptions(probe.subscriptions).toBe(probing)
  })
})

describe('deliver, while nothing gets through,', () => {
  /** Delivers list after list, each request failing at once; a pause is over when the test says so. */
  const hopelessly = (answer = failing, random = () => 1) => {
    const list$ = new Subject<Envelope[]>()
    const over$ = new Subject()
    const pauses: number[] = []
    const asked: string[] = []
    const post = (envelope: Envelope) => {
      asked.push(envelope.id)
      return answer(envelope)
    }
    const pause = (ms: number) => {
      pauses.push(ms)
      return over$.pipe(take(1))
    }
    const { seen } = watch(list$.pipe(deliver(post, { pause, barred$: NEVER, random })))
    const fail = (times: number) => {
      for (let at = 0; at < times; at++) over$.next(at)
    }
    const add = (...envelopes: Envelope[]) => {
      for (const envelope of envelopes) list$.next([envelope])
    }
    return { seen, pauses, asked, fail, add, drops: () => seen.filter(({ type }) => type === 'drop') }
  }

  const busy = (envelope: Envelope) => of(answers.u?.(envelope) as Outcome)

  test('pauses for up to a minute', () => {
    const { pauses, add, fail } = hopelessly(busy)
    add(enveloped('a'))
    fail(8)

    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
  })

  test('draws its pauses, so that not all pages come back at once', () => {
    const drawn = [0.5, 0, 0.25]
    const { pauses, add, fail } = hopelessly(busy, () => drawn.shift() as number)
    add(enveloped('a'))
    fail(2)

    expect(pauses).toEqual([500, 0, 1000])
  })

  test('keeps 500 envelopes, and drops the oldest beyond', () => {
    const { add, drops } = hopelessly()
    add(...Array.from({ length: 502 }, (_, at) => enveloped(`key-${at}`, { bytes: at })))

    expect(drops()).toEqual(
      [0, 1].map((seq) => ({ type: 'drop', cause: 'full', id: `key-${seq}`, seq, reason: 'sample', bytes: seq })),
    )
  })

  test('keeps 5 MiB, and drops the oldest beyond', () => {
    const { add, drops } = hopelessly()
    const mebi = 2 ** 20
    add(...[0, 1, 2, 3, 4].map((at) => enveloped(`key-${at}`, { bytes: mebi })))
    expect(drops()).toEqual([])

    add(enveloped('key-5', { bytes: 1 }))
    expect(drops()).toMatchObject([{ cause: 'full', id: 'key-0' }])
  })

  test('gives up after 8 failures without one answer, says so once, and sends nothing further', () => {
    const { seen, asked, pauses, add, fail } = hopelessly()
    add(enveloped('a'), enveloped('b'))
    fail(20)
    add(enveloped('c'))

    expect(asked).toEqual(Array(8).fill('a'))
    expect(pauses).toHaveLength(7)
    expect(seen.filter(({ type }) => type === 'error')).toEqual([
      { type: 'error', part: 'beacon', message: 'endpoint unreachable, nothing sent until the next page' },
    ])
  })

  test('does not give up an endpoint that has answered before, if only to refuse', () => {
    const outcomes = [busy]
    const { seen, asked, add, fail } = hopelessly((envelope) => (outcomes.shift() ?? failing)(envelope))
    add(enveloped('a'))
    fail(20)

    expect(asked).toHaveLength(21)
    expect(seen.map(({ type }) => type)).toEqual(Array(21).fill('retry'))
  })

  test('stays within its bounds when it has given up', () => {
    const { drops, add, fail } = hopelessly()
    add(enveloped('a'))
    fail(8)
    add(...Array.from({ length: 500 }, (_, at) => enveloped(`key-${at}`)))

    expect(drops()).toMatchObject([{ cause: 'full', id: 'a' }])
  })
})

describe('deliver, whatever the endpoint answers,', () => {
  const kinds = fc.constantFrom('o', 'o', 'f', 'f', 'f', 'u', 'b', 'r', 'd', 's', 'l')
  const plan = fc.record({
    lists: fc.array(fc.record({ gap: fc.nat(3000), size: fc.nat(6) }), { maxLength: 12 }),
    replies: fc.array(fc.record({ kind: kinds, delay: fc.nat(3000) }), { maxLength: 40 }),
  })
  type Plan = typeof plan extends fc.Arbitrary<infer P> ? P : never
  // an answer from before ends the failures, the next one begins, and only then does the probe of the first fail
  const lateProbe: Plan = {
    lists: [{ gap: 0, size: 4 }],
    replies: [
      { kind: 'f', delay: 502 },
      { kind: 'o', delay: 501 },
      { kind: 'o', delay: 0 },
      { kind: 'u', delay: 0 },
      { kind: 'f', delay: 503 },
      { kind: 'o', delay: 1002 },
    ],
  }

  /** Lets a plan run; once it has no more replies, the endpoint takes everything. */
  const running = ({ lists, ...plan }: Plan, isEndless: boolean) =>
    inVirtualTime(({ flush }) => {
      const replies = [...plan.replies]
      const log = { made: [] as string[], ends: [] as string[], told: 0, started: 0, finished: 0, crowds: 0 }
      let isGivenUp = false
      let isFailing = false
      // those of this streak of failures; an answer from before it may end it while one is under way
      let probes = { underWay: 0 }
      const open = new Set<string>()
      const underWay = new Set<string>()

      const make = (id: string, bytes: number) => {
        log.made.push(id)
        open.add(id)
        return enveloped(id, { bytes })
      }
      const reply = (kind: string, envelope: Envelope): Outcome => {
        const { id, bytes } = envelope
        const isHalved = (kind === 's' || kind === 'l') && bytes > 1
        const given = answers[kind === 's' || kind === 'l' ? (isHalved ? kind : 'r') : kind]?.(envelope) as Outcome
        if (given.retryIn !== undefined) isFailing = true
        else if (given.isAnswered) {
          isFailing = false
          probes = { underWay: 0 }
        }
        underWay.delete(id)
        if (!isHalved) return given
        return { ...given, instead: [enveloped(id, { bytes: bytes / 2 }), make(`${id}.${bytes}`, bytes / 2)] }
      }
      const post = (envelope: Envelope): Observable<Outcome> => {
        log.started++
        underWay.add(envelope.id)
        const { kind, delay } = replies.shift() ?? { kind: 'o', delay: 10 }
        // what needs no request tells at once
        if (kind === 'd' || kind === 'l') {
          log.finished++
          const given = reply(kind, envelope)
          if (given.delivery.type === 'drop') open.delete(envelope.id)
          // where nothing waits nobody knows whether it still fails
          if (open.size <= underWay.size) isFailing = false
          return of(given)
        }
        const isProbe = isFailing
        const streak = probes
        if (isProbe && ++streak.underWay > 1) log.crowds++
        return timer(delay).pipe(
          map(() => reply(kind, envelope)),
          tap(() => log.finished++),
          finalize(() => isProbe && streak.underWay--),
        )
      }
      let next = 0
      const list$ = concat(
        ...lists.map(({ gap, size }) =>
          timer(gap).pipe(map(() => Array.from({ length: size }, () => make(`key-${next++}`, 8)))),
        ),
        isEndless ? NEVER : EMPTY,
      )
      const { end, unsubscribe } = watch(
        list$.pipe(
          deliver(post, { pause: (ms) => timer(ms), barred$: NEVER, random: () => 0.5 }),
          tap(({ type, id = '' }) => {
            log.told++
            if (type === 'error') isGivenUp = true
            if (type !== 'sent' && type !== 'drop') return
            log.ends.push(id)
            open.delete(id)
          }),
        ),
      )
      timer(1e7).subscribe(unsubscribe)
      flush()
      return { ...log, open: [...open], isGivenUp, isCompleted: end.completed }
    })

  test('each envelope ends at most once, as sent or dropped, and each request is told of', () => {
    fc.assert(
      fc.property(plan, (plan) => {
        const { made, ends, open, told, started, finished, isGivenUp, isCompleted } = running(plan, false)

        expect(new Set(ends).size).toBe(ends.length)
        expect([...ends, ...open].sort()).toEqual([...made].sort())
        expect(finished).toBe(started)
        expect(told).toBe(finished + Number(isGivenUp))
        expect(isCompleted).toBe(true)
      }),
    )
  })

  test('none waits for ever, unless all hope is given up', () => {
    fc.assert(
      fc.property(plan, (plan) => {
        const { open, isGivenUp } = running(plan, true)

        if (!isGivenUp) expect(open).toEqual([])
      }),
    )
  })

  test('no more than one request at a time is sent while it fails', () => {
    fc.assert(
      fc.property(plan, fc.boolean(), (plan, isEndless) => {
        expect(running(plan, isEndless).crowds).toBe(0)
      }),
      { examples: [[lateProbe, true]] },
    )
  })
})

/** Texts by their ids. */
const told = (type: Delivery['type'], ids: string) => Object.fromEntries([...ids].map((id) => [id, `${type} ${id}`]))
