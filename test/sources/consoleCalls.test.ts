import { describe, expect, test } from 'vitest'
import { consoleCalls } from '../../src/sources/consoleCalls'
import { fakePage } from '../helpers/page'
import { givesBack, valuesOf } from '../helpers/sources'

const at = { performance: { now: () => 12.34 } }

describe('consoleCalls', () => {
  givesBack(consoleCalls)

  test('tells of error, warn and debug, with their arguments by index', () => {
    const page = fakePage(at)
    const seen = valuesOf(page, consoleCalls(page), ({ console }) => {
      console.error('a', 0, { b: 1 })
      console.warn()
      console.debug(null)
    })

    expect(seen).toEqual([
      { type: 'error', timeStamp: 12.3, value: { 0: 'a', 1: 0, 2: { b: 1 } } },
      { type: 'warn', timeStamp: 12.3, value: {} },
      { type: 'debug', timeStamp: 12.3, value: { 0: null } },
    ])
  })

  test('hears the methods that are there, and takes its patches off again', () => {
    const page = fakePage(at)
    const { error } = page.console
    Object.assign(page.console, { warn: undefined, debug: null })
    const seen = valuesOf(page, consoleCalls(page), ({ console }) => console.error('a'))

    expect(seen).toMatchObject([{ type: 'error', value: { 0: 'a' } }])
    expect(page.console).toMatchObject({ error, warn: undefined, debug: null })
  })

  test("tells outside Angular's zone, and lets the call pass inside it", () => {
    let isOutside = false
    const run = (action: () => unknown) => {
      isOutside = true
      const result = action()
      isOutside = false
      return result
    }
    const page = fakePage({ ...at, Zone: { root: { run } } })
    const places: unknown[] = []
    Object.assign(page.console, { error: () => places.push(['page', isOutside]) })
    const subscription = consoleCalls(page).subscribe(() => places.push(['told', isOutside]))
    page.console.error('a')
    subscription.unsubscribe()

    expect(places).toEqual([
      ['told', true],
      ['page', false],
    ])
  })

  test('leaves the other methods alone', () => {
    const page = fakePage()
    expect(valuesOf(page, consoleCalls(page), ({ console }) => console.log('a'))).toEqual([])
  })

  test('lets each call through, as it was', () => {
    const page = fakePage()
    const context = { a: 1 }
    valuesOf(page, consoleCalls(page), ({ console }) => console.error('a', context))

    expect(page.logged).toEqual([{ method: 'error', args: ['a', context] }])
    expect(page.logged[0]?.args[1]).toBe(context)
  })

  test('copies what the page may change afterwards', () => {
    const page = fakePage()
    const context = { items: [1] }
    const [call] = valuesOf(page, consoleCalls(page), ({ console }) => console.warn(context))
    context.items.push(2)

    expect(call?.value).toEqual({ 0: { items: [1] } })
  })

  test('does not hear itself, when one who listens logs', () => {
    const page = fakePage()
    let calls = 0
    const subscription = consoleCalls(page).subscribe(() => {
      calls += 1
      page.console.error('again')
    })
    page.console.error('once')
    page.console.error('twice')
    subscription.unsubscribe()

    expect(calls).toBe(2)
    expect(page.logged).toHaveLength(4)
  })

  test('does not hear a getter that logs while it is read', () => {
    const page = fakePage()
    const talkative = {
      get a() {
        page.console.error('read')
        return 1
      },
    }

    expect(valuesOf(page, consoleCalls(page), ({ console }) => console.error(talkative))).toHaveLength(1)
  })

  test('tells of a value that throws, and of the calls after it', () => {
    const page = fakePage()
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error('no')
        },
      },
    )
    const seen = valuesOf(page, consoleCalls(page), ({ console }) => {
      console.error(hostile)
      console.error('next')
    })

    expect(seen.map(({ value }) => value)).toEqual([{ 0: '[unreadable]' }, { 0: 'next' }])
  })

  test('survives 10,000 calls', () => {
    const page = fakePage()
    const seen = valuesOf(page, consoleCalls(page), ({ console }) => {
      for (let call = 0; call < 10_000; call++) console.debug(call)
    })

    expect(seen).toHaveLength(10_000)
    expect(page.logged).toHaveLength(10_000)
  })
})
