import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as shipped from '../../build/rxjs/index.ts'
import { type Log, onBoth, original, type Rx, slim, told } from '../helpers/twoRxjs'
import { build, type Composition, compositions, operators } from './compositions'

/** A listener that throws at the value `bad`, and leaves after `until` ms. */
const listen =
  (composition: Composition, until: number, bad = -1) =>
  (rx: Rx, log: Log) => {
    const subscription = build(rx, log, composition).subscribe({
      next: (value) => {
        log(`next ${value}`)
        if (value === bad) throw new Error('bad listener')
      },
      error: (error) => log(`error ${told(error)}`),
      complete: () => log('complete'),
    })
    log(`subscribed ${subscription.closed}`)
    rx.timer(until).subscribe(() => {
      log('leaves')
      subscription.unsubscribe()
    })
  }

const until = fc.integer({ min: 1, max: 12 })

describe('the slim RxJS', () => {
  test('does what the original does, in any composition', () => {
    fc.assert(
      fc.property(compositions(fc.constant(false)), until, fc.nat(6), (tree, until, bad) => {
        const { original, slim } = onBoth(listen(tree, until, bad))

        expect(slim).toEqual(original)
      }),
      { numRuns: 1500, interruptAfterTimeLimit: 30_000 },
    )
  }, 120_000)

  test.each(Object.keys(operators))('%s does what the original does', (type) => {
    const leaf = compositions(fc.constant(false), 0)
    fc.assert(
      fc.property(leaf, leaf, fc.integer({ min: 1, max: 3 }), until, (of, other, n, until) => {
        const { original, slim } = onBoth(listen({ type, of, other, n }, until))

        expect(slim).toEqual(original)
      }),
      { numRuns: 100 },
    )
  })

  const merging = /^(merge|concat|start|end|connect|timer$|twice|loop|behaviour|late)/

  test.each(Object.keys(operators).filter((type) => !merging.test(type)))(
    '%s does what the original does where teardowns throw',
    (type) => {
      const leaf = compositions(fc.boolean(), 0)
      fc.assert(
        fc.property(leaf, leaf, fc.integer({ min: 1, max: 3 }), until, (of, other, n, until) => {
          const { original, slim } = onBoth(listen({ type, of, other, n }, until))

          expect(slim).toEqual(original)
        }),
        { numRuns: 100 },
      )
    },
  )

  test('fails where an inner teardown throws in a merge, which the original waits for ever after', () => {
    const { original, slim } = onBoth((rx, log) => {
      const inner$ = new rx.Observable<number>((subscriber) => {
        rx.timer(1).subscribe(() => subscriber.complete())
        return () => {
          throw new Error('holds on')
        }
      })
      rx.merge(inner$, rx.NEVER).subscribe({ error: (error) => log(told(error)) })
    })

    expect(original.log).toEqual([])
    expect(original.unhandled).toEqual(['holds on'])
    expect(slim).toEqual({ log: ['1 holds on'], unhandled: [] })
  })

  test.each([
    ['a list', () => [1, 2]],
    ['a set', () => new Set([1, 2])],
    ['a promise', () => Promise.resolve(3)],
    ['a broken promise', () => Promise.reject(new Error('no'))],
  ])('takes %s as the original does', async (_, input) => {
    const tellFrom = (rx: Rx) =>
      new Promise<unknown[]>((resolve) => {
        const told: unknown[] = []
        rx.from(input() as number[]).subscribe({
          next: (value) => told.push(value),
          error: (error) => resolve([...told, error]),
          complete: () => resolve([...told, 'end']),
        })
      })

    expect(await tellFrom(slim)).toEqual(await tellFrom(original))
  })

  test.each([[undefined], [null], [5], [{}]])('takes no %o', (input) => {
    const failure = (rx: Rx) => {
      let failed: unknown
      try {
        rx.from(input as never).subscribe({ error: (error) => (failed = error) })
      } catch (error) {
        failed = error
      }
      return failed
    }

    expect(failure(original)).toBeInstanceOf(TypeError)
    expect(failure(slim)).toBeInstanceOf(TypeError)
  })

  test('works with operators, subscribers and observables of another copy', () => {
    const { log } = onBoth((rx, log) => {
      const value$ = rx.of(1, 2, 3).pipe(
        original.tap((value) => log(`tap ${value}`)),
        original.take(2),
      )
      original
        .merge(value$, rx.merge(original.of(9), rx.NEVER.pipe(original.startWith(8))))
        .subscribe((value) => log(`${value}`))
    }).slim

    expect(log).toEqual(['0 tap 1', '0 1', '0 tap 2', '0 2', '0 9', '0 8'])
  })

  test('is given back through operators of another copy', () => {
    const {
      slim: { log },
    } = onBoth((rx, log) => {
      const held$ = new rx.Observable(() => () => log('given back'))
      held$.pipe(original.tap()).subscribe().unsubscribe()
      original.merge(held$).subscribe().unsubscribe()
    })

    expect(log).toEqual(['0 given back', '0 given back'])
  })

  test('has all that src imports', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
    const names = files.flatMap((name) => {
      const [, list = ''] = /import \{([^}]*)\} from 'rxjs'/.exec(readFileSync(`src/${name}`, 'utf8')) ?? []
      return list
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part && !part.startsWith('type '))
    })

    expect(Object.keys(shipped)).toEqual(expect.arrayContaining(names))
  })
})
