import { NEVER, type Observable, of, concat as rxConcat } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { concat } from '../../src/rx/concat'
import { marbles } from '../helpers/marbles'
import { watch } from '../helpers/watch'

const turns: Record<string, (...sources: Observable<string>[]) => Observable<string>> = { concat, "RxJS's": rxConcat }

describe('concat', () => {
  for (const [name, turn] of Object.entries(turns)) {
    marbles(
      `emits one after the other, as \`concat\` does: ${name}`,
      ({ cold, expectObservable, expectSubscriptions }) => {
        const one = cold('  -a-b-|      ')
        const other = cold('     -c--d-|')
        const first = '     ^----!      '
        const second = '    -----^-----!'
        const expected = '  -a-b--c--d-|'

        expectObservable(turn(one, other)).toBe(expected)
        expectSubscriptions(one.subscriptions).toBe(first)
        expectSubscriptions(other.subscriptions).toBe(second)
      },
    )

    marbles(
      `fails where its turn fails, as \`concat\` does: ${name}`,
      ({ cold, expectObservable, expectSubscriptions }) => {
        const broken = cold('-a-#')
        const other = cold(' -c-|')

        expectObservable(turn(broken, other)).toBe('-a-#')
        expectSubscriptions(other.subscriptions).toBe([])
      },
    )

    marbles(`lets go of the one whose turn it is, as \`concat\` does: ${name}`, (t) => {
      const one = t.cold('  -a|   ')
      const other = t.cold('  -b-c')
      const unsub = '       ----!'

      t.expectObservable(turn(one, other), unsub).toBe('-a-b')
      t.expectSubscriptions(other.subscriptions).toBe('--^-!')
    })
  }

  test('takes an array for its items', () => {
    expect(watch(concat([1, 2], of(3))).seen).toEqual([1, 2, 3])
  })

  test('ends when all have ended, at once if there are none', () => {
    expect(watch(concat()).end.completed).toBe(true)
    expect(watch(concat(of(1), NEVER)).end.completed).toBe(false)
  })
})
