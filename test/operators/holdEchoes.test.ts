import { Subject, tap } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { holdEchoes } from '../../src/operators/holdEchoes'
import { cutFor, type Reading } from '../../src/payload/reading'
import { marbles } from '../helpers/marbles'
import { reading } from '../helpers/readings'
import { watch } from '../helpers/watch'

const mark = reading('view.marks[]', { name: 'a', detail: null, startTime: 0 })
const named = (id: string, more = {}) => reading('view', { id, ...more })
const labels = (...labels: string[]) => reading('attributes', { labels })

/** What passes: of an upper case letter nothing is the client's work, of a lower case one it all is. */
const passing = (...readings: [isEcho: boolean, reading: Reading][]): Reading[] => {
  let isAtWork = false
  const reading$ = new Subject<Reading>()
  const { seen } = watch(reading$.pipe(holdEchoes(() => isAtWork)))
  for (const [isEcho, reading] of readings) {
    isAtWork = isEcho
    reading$.next(reading)
  }
  return seen
}

describe('holdEchoes', () => {
  test('passes on what the page causes', () => {
    const own = [mark, named('home'), cutFor('route'), labels('a=1'), cutFor('hidden')]

    expect(passing(...own.map((reading): [boolean, Reading] => [false, reading]))).toEqual(own)
  })

  test('leaves out the items of lists that the client causes, and no other values', () => {
    const memory = reading('view.usedMemory', 7)

    expect(passing([true, mark], [true, memory], [false, mark])).toEqual([memory, mark])
  })

  test('holds a name until the page causes something, and has it in front of that', () => {
    expect(passing([true, named('b')])).toEqual([])
    expect(passing([true, named('b')], [false, mark], [false, mark])).toEqual([named('b'), mark, mark])
  })

  test('holds the last route alone, behind one cut, with the last labels', () => {
    const routes = ['b', 'c'].flatMap((id): [boolean, Reading][] => [
      [true, cutFor('route')],
      [true, named(id, { href: `/${id}` })],
      [true, labels(id)],
    ])

    expect(passing(...routes, [false, mark], [true, named('d')], [false, mark])).toEqual([
      ...[cutFor('route'), named('c', { href: '/c' }), labels('c'), mark],
      ...[named('d'), mark],
    ])
  })

  test('merges what is told of the view by parts', () => {
    const parts = [named('b'), reading('view', { visibility: 'visible' })]

    expect(passing(...parts.map((part): [boolean, Reading] => [true, part]), [false, mark])[0]).toEqual(
      named('b', { visibility: 'visible' }),
    )
  })

  test.for(['hidden', 'stop', 'action'] as const)(
    'does not hold the end of a sample by %s, or what is behind it',
    (cut) => {
      expect(passing([true, named('b')], [true, cutFor(cut)])).toEqual([named('b'), cutFor(cut)])
    },
  )

  test('does not hold a late value, which nobody knows yet', () => {
    const late = { field: 'attributes', late: () => ({ labels: [] }) } as unknown as Reading

    expect(passing([true, late])).toEqual([late])
  })

  test('holds what is said while that which was held is passed on', () => {
    let isAtWork = true
    const reading$ = new Subject<Reading>()
    const answers = [named('c'), named('d')]
    const answer = ({ field }: Reading) => {
      if (field !== 'view') return
      isAtWork = true
      reading$.next(answers.shift() as Reading)
      isAtWork = false
    }
    const { seen } = watch(
      reading$.pipe(
        holdEchoes(() => isAtWork),
        tap(answer),
      ),
    )
    reading$.next(named('b'))
    isAtWork = false
    reading$.next(mark)
    expect(seen).toEqual([named('b'), mark])
    reading$.next(mark)
    expect(seen.slice(2)).toEqual([named('c'), mark])
  })

  marbles('ends with its source, and drops what it holds', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('-v--|', { v: named('b') })
    const subs = '      ^---!'
    const expected = '  ----|'

    expectObservable(source.pipe(holdEchoes(() => true))).toBe(expected)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('fails with its source, and ends early', ({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold('-m-#', { m: mark })
    const unsub = '      --! '
    const early = '      -m- '

    expectObservable(source.pipe(holdEchoes(() => false))).toBe('-m-#', { m: mark })
    expectObservable(source.pipe(holdEchoes(() => false)), unsub).toBe(early, { m: mark })
    expectSubscriptions(source.subscriptions).toBe(['^--!', '^-!'])
  })
})
