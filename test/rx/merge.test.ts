import { NEVER, type Observable, of, merge as rxMerge } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { merge } from '../../src/rx/merge'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

const sides: Record<string, (...sources: Observable<string>[]) => Observable<string>> = { merge, "RxJS's": rxMerge }

describe('merge', () => {
  for (const [name, side] of Object.entries(sides)) {
    marbles(`emits all values, as \`merge\` does: ${name}`, ({ hot, expectObservable, expectSubscriptions }) => {
      const one = hot('    -a--b----|')
      const other = hot('  --c--d-|  ')
      const subs = '       ^------!  '
      const expected = '   -ac-bd---|'

      expectObservable(side(one, other)).toBe(expected)
      expectSubscriptions(other.subscriptions).toBe(subs)
    })

    marbles(`fails with the first that fails, as \`merge\` does: ${name}`, (t) => {
      const one = t.hot('   -a--b----|')
      const broken = t.hot('--c--#    ')
      const subs = '        ^----!    '
      const expected = '    -ac-b#    '

      t.expectObservable(side(one, broken)).toBe(expected)
      t.expectSubscriptions(one.subscriptions).toBe(subs)
    })

    marbles(`unsubscribes from all, as \`merge\` does: ${name}`, ({ hot, expectObservable, expectSubscriptions }) => {
      const one = hot('    -a--b----|')
      const other = hot('  --c--d----')
      const subs = '       ^---!     '
      const unsub = '      ----!     '
      const expected = '   -ac-b     '

      expectObservable(side(one, other), unsub).toBe(expected.slice(0, 7))
      expectSubscriptions(one.subscriptions).toBe(subs)
      expectSubscriptions(other.subscriptions).toBe(subs)
    })
  }

  test('takes an array for its items, in their place', () => {
    expect(watch(merge([1, 2], of(3))).seen).toEqual([1, 2, 3])
  })

  test('ends when all have ended, at once if there are none', () => {
    expect(watch(merge()).end.completed).toBe(true)
    expect(watch(merge(of(1), NEVER)).end.completed).toBe(false)
  })
})
