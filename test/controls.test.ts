import { type Observable, timer } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { controls } from '../src/controls'
import type { Settings } from '../src/settings'
import { type Acts, collecting } from './helpers/collecting'
import { inVirtualTime } from './helpers/marbles'
import { type FakePage, fakePage } from './helpers/page'
import { settingsWith } from './helpers/sources'
import { watch } from './helpers/watch'

/** What an owner says, and what becomes of it. */
const owner = (given: Partial<Settings> = {}, page: FakePage = fakePage()) => {
  const [fail, forget] = [vi.fn(), vi.fn()]
  return { ...controls(page, settingsWith(given), { fail, forget }), fail, forget }
}
/** The name that a view would begin with now. */
const nameIn = ({ viewId$ }: ReturnType<typeof owner>['said']) => watch(viewId$).seen[0]
const broken = () => {
  throw new Error('broken')
}
/** What throws when it is read. */
const unspeakable = { toString: broken } as never

describe('controls', () => {
  test('names the view, and adds labels, from then on', () => {
    const acts: Acts = [
      [
        5400,
        (_page, crum) => {
          crum.setViewId('checkout')
          crum.addToLabels('b=2')
          crum.addToLabels('a=1')
        },
      ],
    ]
    const { payloads } = collecting(acts, 11_000, { labels: 'a=1' })

    expect(payloads.map(({ view, attributes }) => [view.id, attributes.labels])).toEqual([
      ['/', ['a=1']],
      ['checkout', ['a=1', 'b=2']],
    ])
  })

  test('gives a view that begins later the name that was set at its own path only', () => {
    const page = fakePage()
    const { functions, said } = owner({ viewId: 'home' }, page)
    const names = [nameIn(said)]
    page.navigate('/cart')
    names.push(nameIn(said))
    functions.setViewId('cart')
    names.push(nameIn(said))

    expect(names).toEqual(['home', '', 'cart'])
  })

  test('ends with the collector what forgets the name', () => {
    const { stop$, unnaming$ } = owner({ viewId: 'home' })
    const { end } = watch(unnaming$)
    stop$.next()

    expect(end.completed).toBe(true)
  })

  test('records events with any context', () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    )
    const contexts = [undefined, null, 0, { sku: 'a' }, hostile]
    const acts: Acts = contexts.map((context, at) => [1000 + at, (_page, crum) => crum.addEvent('e', context)])
    const { payloads } = collecting(acts, 6000)

    expect(payloads[0]?.view.events?.map(({ e }) => e)).toEqual([{}, null, 0, { sku: 'a' }, '[unreadable]'])
  })

  test('records errors that the page has caught, whatever they are and whatever is tracked', () => {
    const errors = [new Error('a'), 'b', undefined, unspeakable]
    const acts: Acts = errors.map((error, at) => [1000 + at, (_page, crum) => crum.addError(error, { at })])
    const { payloads } = collecting(acts, 6000, { trackErrors: false })

    expect(payloads[0]?.view.errors?.map(({ message, isHandled, context }) => [message, isHandled, context])).toEqual([
      ['a', true, { at: 0 }],
      ['b', true, { at: 1 }],
      ['undefined', true, { at: 2 }],
      ['{"toString":"[function broken]"}', true, { at: 3 }],
    ])
  })

  test.for(['', 'timeStamp', undefined, 5, Symbol('x'), {}])(
    'names the event name that it can not take: %o',
    (name) => {
      const { payloads, page, steps } = collecting([[1000, (_page, crum) => crum.addEvent(name as string)]], 6000)

      expect(payloads[0]?.view.events).toBeUndefined()
      expect(page.logged).toEqual([{ method: 'error', args: [expect.stringContaining('addEvent')] }])
      expect(steps).toContainEqual(expect.objectContaining({ type: 'error', part: 'addEvent' }))
    },
  )

  test('begins with the names that the settings give', () => {
    const { said } = owner({ viewId: 'checkout', labels: 'b=2, a=1' })

    expect(watch(said.viewId$).seen).toEqual(['checkout'])
    expect(watch(said.labels$).seen).toEqual([['b=2', 'a=1']])
  })

  test.for([undefined, null, ''])('goes back to the path where the view is named %o', (name) => {
    const { functions, said } = owner({ viewId: 'checkout' })
    functions.setViewId(name as string)

    expect(nameIn(said)).toBe('')
  })

  test('takes the name of a view that is no text for one', () => {
    const { functions, said } = owner()
    functions.setViewId(5 as never)

    expect(nameIn(said)).toBe('5')
  })

  test.for<['setViewId' | 'addToLabels', given: unknown, told: string]>([
    ['setViewId', unspeakable, 'view id is {"toString":"[function broken]"}, expected a text'],
    ['setViewId', {}, 'view id is {}, expected a text'],
    ['setViewId', Symbol('x'), 'view id is "Symbol(x)", expected a text'],
    ['addToLabels', unspeakable, 'label is {"toString":"[function broken]"}, expected a text'],
    ['addToLabels', undefined, 'label is undefined, expected a text'],
    ['addToLabels', null, 'label is null, expected a text'],
    ['addToLabels', ['b=2', {}], 'label is {}, expected a text'],
  ])('reports what %s can not take, %o, and keeps what it had', ([name, given, told]) => {
    const { functions, said, fail } = owner({ viewId: 'home', labels: 'a=1' })
    functions[name](given as string)

    expect(fail.mock.calls).toEqual([[name, told]])
    expect([nameIn(said), said.labels$.value]).toEqual(['home', ['a=1']])
  })

  test.for<[name: unknown, told: string]>([
    [7, '7'],
    [undefined, ''],
    [null, ''],
  ])('names the view %o', ([name, told]) => {
    const { functions, said, fail } = owner({ viewId: 'home' })
    functions.setViewId(name as string)

    expect([nameIn(said), fail.mock.calls]).toEqual([told, []])
  })

  test('adds several labels, and numbers', () => {
    const { functions, said } = owner({ labels: 'a=1' })
    functions.addToLabels(['b=2', 'c=3'] as never)
    functions.addToLabels(7 as never)

    expect(said.labels$.value).toEqual(['a=1', 'b=2', 'c=3', '7'])
  })

  test.for(['denied', 'granted', 1, undefined, null, {}])('takes %o for no word on consent', (word) => {
    const { functions, consent$, forget, fail } = owner({ consent: 'pending' })
    functions.consent(word as never)

    expect([consent$.value, forget.mock.calls]).toEqual([false, []])
    expect(fail.mock.calls).toEqual([['consent', expect.stringMatching(/^it is .*, expected true or false$/)]])
  })

  test.for(['addEvent', 'addError'] as const)('reports what makes %s fail', (name) => {
    const { functions, fail } = owner({}, fakePage({ performance: { now: undefined } }))
    functions[name]('a')

    expect(fail.mock.calls).toEqual([[name, expect.stringMatching(/^TypeError: /)]])
  })

  test('reports what fails where the visitor refuses, who has been heard by then', () => {
    const { functions, refused$, forget, fail } = owner()
    const { seen } = watch(refused$)
    forget.mockImplementation(broken)
    functions.consent(false)

    expect(seen).toHaveLength(1)
    expect(fail.mock.calls).toEqual([['consent', 'Error: broken']])
  })

  test('says what is wrong with the name of an event', () => {
    const { functions, fail } = owner()
    const names = [5, '', undefined, {}, 'timeStamp']
    for (const name of names) functions.addEvent(name as never)

    const told = ['5', '""', 'undefined', '{}', '"timeStamp"']
    expect(fail.mock.calls).toEqual(
      told.map((name) => ['addEvent', `name is ${name}, expected a text other than "timeStamp"`]),
    )
  })

  test('takes labels side by side, in a list, or with commas', () => {
    const { functions, said, fail } = owner()
    functions.addToLabels('a=1', ['b=2', 'c=3'], 'd=4, e=5')

    expect([said.labels$.value, fail.mock.calls]).toEqual([['a=1', 'b=2', 'c=3', 'd=4', 'e=5'], []])
  })

  test('says what is wrong with a function to call when it is ready, and with a consent', () => {
    const { functions, fail } = owner()
    functions.onReady({}, 5 as never)
    functions.consent(undefined as never)

    expect(fail.mock.calls).toEqual([
      ['onReady', 'it is 5, expected a function'],
      ['consent', 'it is undefined, expected true or false'],
    ])
  })

  test.for(['addEvent', 'addError'] as const)(
    'has a word to tell once there was an %s, in the first task too',
    (name) => {
      const { functions, stop$, refused$ } = owner()
      const [stops, ends] = [watch(stop$), watch(refused$)]
      functions[name]('a')
      functions.stop()

      expect([stops.seen.length, ends.seen.length]).toEqual([1, 0])
    },
  )

  test.for(['addEvent', 'addError'] as const)(
    'says of an %s that nobody hears it, before it, in a hidden page',
    (name) => {
      const heard = (page: FakePage) => {
        const { functions, said, unheard$ } = owner({}, page)
        const told: unknown[] = []
        const value$: Observable<unknown> = name === 'addEvent' ? said.event$ : said.error$
        unheard$.subscribe(() => {
          told.push('unheard')
          value$.subscribe(() => told.push('heard'))
        })
        functions[name]('a')
        functions[name]('b')
        return told
      }
      const hidden = fakePage()
      hidden.hide()

      expect(heard(hidden)).toEqual(['unheard', 'heard', 'heard'])
      expect(heard(fakePage())).toEqual([])
    },
  )

  test('is agreed with from the start, or when the visitor says so', () => {
    expect(owner().consent$.value).toBe(true)
    const { functions, consent$, forget } = owner({ consent: 'pending' })
    expect(consent$.value).toBe(false)

    functions.consent(true)
    expect(consent$.value).toBe(true)
    expect(forget).not.toHaveBeenCalled()
  })

  test('stops, and then forgets, where the visitor refuses', () => {
    const { functions, refused$, forget } = owner()
    const order: string[] = []
    refused$.subscribe(() => order.push('stopped'))
    forget.mockImplementation(() => order.push('forgotten'))
    functions.consent(false)

    expect(order).toEqual(['stopped', 'forgotten'])
  })

  test('says that it is to stop, or, in the task in which it began, to end without a word', () => {
    const stopped = (wait: number) =>
      inVirtualTime(({ flush }) => {
        const { functions, stop$, refused$, forget } = owner()
        const [stops, ends] = [watch(stop$), watch(refused$)]
        if (wait) timer(wait).subscribe(functions.stop)
        else functions.stop()
        flush()
        expect(forget).not.toHaveBeenCalled()
        return [stops.seen.length, ends.seen.length]
      })

    expect(stopped(0)).toEqual([0, 1])
    expect(stopped(1)).toEqual([1, 0])
  })

  test('calls the function of the settings when it is ready, and reports what that throws', () => {
    const onReady = vi.fn()
    const crum = {}
    owner({ onReady }).functions.onReady(crum)
    expect(onReady).toHaveBeenCalledExactlyOnceWith(crum)
    const later = vi.fn()
    owner({ onReady }).functions.onReady(crum, later)
    expect(later).toHaveBeenCalledExactlyOnceWith(crum)
    expect(onReady).toHaveBeenCalledOnce()

    const { functions, fail } = owner({ onReady: broken })
    functions.onReady(crum)
    expect(fail.mock.calls).toEqual([['onReady', 'Error: broken']])
  })

  test('runs outside the zone of Angular, which would look for changes each time', () => {
    const run = vi.fn((action: () => unknown) => action())
    const { functions, safely } = owner({}, fakePage({ Zone: { root: { run } } }))
    const calls = [
      () => functions.setViewId('a'),
      () => functions.addToLabels('a=1'),
      () => functions.addEvent('a'),
      () => functions.consent(true),
      () => functions.onReady({}),
      () => functions.stop(),
      safely('collect', () => {}),
    ]
    for (const call of calls) call()

    expect(run).toHaveBeenCalledTimes(calls.length)
  })
})
