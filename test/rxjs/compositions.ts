import fc from 'fast-check'
import type { Observable } from 'rxjs'
import type { Log, Rx } from '../helpers/twoRxjs'

/** One act of a source, `at` ms after its subscription; 0 is at once. */
interface Act {
  at: number
  kind: 'next' | 'error' | 'complete' | 'throw'
  value: number
}

/** A source, or an operator with its parts: plain data, built once for each RxJS. */
export type Composition =
  | { type: 'source'; acts: Act[]; isBad: boolean }
  | { type: string; of: Composition; other: Composition; n: number }

type Value$ = Observable<number>
type Parts = { rx: Rx; log: Log; of: Value$; other: Value$; n: number }

const failing = (n: number) => (value: number) => {
  if (value === n) throw new Error(`no ${value}`)
  return value + 1
}

const sum = (values: number[]) => values.reduce((all, value) => all + value, 100 * values.length)

/** Values that cause values: a subject that is told again what comes out of it. */
const loop = ({ rx, of, n }: Parts) =>
  rx.defer(() => {
    const again$ = new rx.Subject<number>()
    let left = n
    return rx.merge(again$, of).pipe(
      rx.map((value) => {
        if (left-- > 0) again$.next(value + 10)
        return value
      }),
    )
  })

/** Each operator that the slim RxJS has, in the ways in which it can be used. */
export const operators: Record<string, (parts: Parts) => Value$> = {
  map: ({ rx, of, n }) => of.pipe(rx.map(failing(n))),
  mapIndex: ({ rx, of }) => of.pipe(rx.map((value, index) => value * 10 + index)),
  filter: ({ rx, of, n }) => of.pipe(rx.filter((value, index) => failing(n)(value + index) % 2 === 0)),
  scan: ({ rx, of, n }) => of.pipe(rx.scan((all, value, index) => all + failing(n)(value) * index, 1)),
  scanUnseeded: ({ rx, of }) => of.pipe(rx.scan((all, value, index) => all * 2 + value + index)),
  skip: ({ rx, of, n }) => of.pipe(rx.skip(n)),
  distinctUntilChanged: ({ rx, of }) => of.pipe(rx.distinctUntilChanged()),
  distinctBy: ({ rx, of, n }) => of.pipe(rx.distinctUntilChanged((a, b) => failing(n)(a) > b)),
  ignoreElements: ({ rx, of }) => of.pipe(rx.ignoreElements()),
  take: ({ rx, of, n }) => of.pipe(rx.take(n + 1)),
  takeWhile: ({ rx, of, n }) => of.pipe(rx.takeWhile((value) => failing(n)(value) < 4)),
  takeWhileInclusive: ({ rx, of, n }) => of.pipe(rx.takeWhile((value, index) => value + index < n, true)),
  takeUntil: ({ rx, of, other }) => of.pipe(rx.takeUntil(other)),
  startWith: ({ rx, of, n }) => of.pipe(rx.startWith(n, n + 1)),
  endWith: ({ rx, of, n }) => of.pipe(rx.endWith(n)),
  merge: ({ rx, of, other }) => rx.merge(of, other, [1, 2]),
  mergeNone: ({ rx, n }) => (n > 1 ? rx.merge() : rx.NEVER),
  mergeMap: ({ rx, of, other, n }) =>
    of.pipe(rx.mergeMap((value, index) => (failing(n)(value) % 2 ? other : [value, index]))),
  mergeSome: ({ rx, of, other, n }) => of.pipe(rx.mergeMap(() => other, n + 1)),
  concatMap: ({ rx, of, other, n }) =>
    of.pipe(rx.concatMap((value, index) => (failing(n)(value) % 2 ? other : rx.of(index)))),
  switchMap: ({ rx, of, other, n }) =>
    of.pipe(rx.switchMap((value, index) => (failing(n)(value) % 2 ? other : [index]))),
  exhaustMap: ({ rx, of, other, n }) =>
    of.pipe(rx.exhaustMap((value, index) => (failing(n)(value) % 2 ? other : [index]))),
  exhaustTimer: ({ rx, of, n }) => of.pipe(rx.exhaustMap(() => rx.interval(n).pipe(rx.take(2)))),
  switchTimer: ({ rx, of, n }) => of.pipe(rx.switchMap(() => rx.interval(n))),
  buffer: ({ rx, of, other }) => of.pipe(rx.buffer(other), rx.map(sum)),
  bufferClock: ({ rx, of, n }) => of.pipe(rx.buffer(rx.interval(n)), rx.map(sum)),
  connect: ({ rx, of, other }) =>
    of.pipe(
      rx.connect((of$) => rx.merge(of$.pipe(rx.filter((value) => value > 1)), of$.pipe(rx.buffer(other), rx.map(sum)))),
    ),
  catchError: ({ rx, of, other, n }) =>
    of.pipe(
      rx.catchError((error: Error) => {
        if (n === 1) throw new Error(`again ${error.message}`)
        return other
      }),
    ),
  tryAgain: ({ rx, of, n }) =>
    rx.defer(() => {
      let left = n
      return of.pipe(rx.catchError((_, caught) => (left-- > 0 ? caught : rx.EMPTY)))
    }),
  finalize: ({ rx, log, of, n }) => of.pipe(rx.finalize(() => log(`finally ${n}`))),
  defer: ({ rx, log, of, n }) =>
    rx.defer(() => {
      log('deferred')
      if (n === 2) throw new Error('no start')
      return of
    }),
  timer: ({ rx, of, n }) => rx.merge(of, rx.timer(n)),
  fromArray: ({ rx, log }) =>
    rx.from([1, 2, 3, 4]).pipe(
      rx.map((value) => {
        log(`from ${value}`)
        return value
      }),
      rx.take(2),
    ),
  twice: ({ rx, of }) => rx.merge(of, of),
  loop,
  behaviour: ({ rx, log, of, n }) =>
    rx.defer(() => {
      const now$ = new rx.BehaviorSubject(n)
      // the original's `value` throws after an error
      const copying = of.pipe(rx.catchError(() => rx.EMPTY)).subscribe(now$)
      return rx.merge(now$, now$.pipe(rx.skip(1))).pipe(
        rx.map((value) => value + now$.value),
        rx.finalize(() => {
          copying.unsubscribe()
          log(`at last ${now$.value}`)
        }),
      )
    }),
  lateToSubject: ({ rx, of, other }) =>
    rx.defer(() => {
      const shared$ = new rx.Subject<number>()
      return rx.merge(
        shared$.pipe(rx.mergeMap((value) => (value % 2 ? shared$ : other))),
        rx.defer(() => {
          // nobody gives this one back, and what never ends would keep virtual time going for ever
          of.pipe(rx.takeUntil(rx.timer(20))).subscribe(shared$)
          return shared$
        }),
      )
    }),
}

const sourceParts = {
  type: fc.constant('source' as const),
  acts: fc.array(
    fc.record({
      at: fc.nat(5),
      kind: fc.constantFrom<Act['kind']>('next', 'next', 'next', 'next', 'next', 'complete', 'error', 'throw'),
      value: fc.nat(5),
    }),
    { maxLength: 6 },
  ),
}

/** Sources that emit at once and later, end, fail or throw, under up to three layers of operators. */
export const compositions = (isBad: fc.Arbitrary<boolean>, maxDepth = 3): fc.Arbitrary<Composition> =>
  fc.letrec<{ tree: Composition }>((tie) => ({
    tree: fc.oneof(
      { maxDepth, withCrossShrink: true },
      fc.record({ ...sourceParts, isBad }),
      fc.record({
        type: fc.constantFrom(...Object.keys(operators)),
        of: tie('tree'),
        other: tie('tree'),
        n: fc.integer({ min: 1, max: 3 }),
      }),
    ),
  })).tree

/** Sources that may be taken in one play; further ones are silent, lest some composition never ends. */
const most = 40

/** The observable of a composition, of one RxJS or the other. Each source tells when it is taken and given back. */
export const build = (rx: Rx, log: Log, composition: Composition, name = 'a', taken = { count: 0 }): Value$ => {
  if (!('acts' in composition)) {
    const { type, n } = composition
    const operator = operators[type] as (parts: Parts) => Value$
    const of = build(rx, log, composition.of, `${name}a`, taken)
    const other = build(rx, log, composition.other, `${name}b`, taken)
    return operator({ rx, log, of, other, n })
  }
  return new rx.Observable((subscriber) => {
    if (++taken.count > most) return
    const me = `${name}${taken.count}`
    log(`+${me}`)
    const act = ({ kind, value }: Act) => {
      if (kind === 'throw') throw new Error(`${me} throws`)
      if (kind === 'next') subscriber.next(value)
      else if (kind === 'error') subscriber.error(new Error(`${me} failed`))
      else subscriber.complete()
      log(`${me} ${kind} ${subscriber.closed}`)
    }
    const later = composition.acts.map((one) =>
      one.at ? rx.timer(one.at).subscribe(() => one.kind !== 'throw' && act(one)) : act(one),
    )
    return () => {
      log(`-${me}`)
      for (const timer of later) timer?.unsubscribe()
      if (composition.isBad) throw new Error(`${me} holds on`)
    }
  })
}
