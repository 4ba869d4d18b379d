import { describe, expect, test, vi } from 'vitest'
import { identityKeeper, isIdentity } from '../../src/payload/identity'
import { cutFor, type Reading } from '../../src/payload/reading'
import { identity, reading } from '../helpers/readings'

/** What a keeper knows that has learned these. */
const learned = (...readings: Reading[]) => {
  const who = identityKeeper()
  for (const one of readings) who.learn(one)
  return who.now()
}

describe('identityKeeper', () => {
  test('knows nobody at first', () => {
    expect(learned()).toStrictEqual({ view: {}, attributes: {} })
  })

  test('gathers what it learns, the last value of each', () => {
    const known = learned(
      reading('view', { id: 'home' }),
      reading('attributes', { labels: ['a=1'] }),
      reading('view', { id: 'cart', visibility: 'hidden' }),
      reading('attributes', { timeZone: 'UTC' } as never),
    )

    expect(known).toEqual({
      view: { id: 'cart', visibility: 'hidden' },
      attributes: { labels: ['a=1'], timeZone: 'UTC' },
    })
  })

  test('merges what is learned in parts', () => {
    const known = learned(
      reading('attributes', { device: { memory: 8 } } as never),
      reading('attributes', { device: { cores: 4 } } as never),
    )

    expect(known.attributes).toEqual({ device: { memory: 8, cores: 4 } })
  })

  test('learns nothing from readings that are no identity, nor from a cut', () => {
    const home = reading('view', { id: 'home' })

    expect(learned(home, reading('metrics', { lcp: 0 }), reading('view.usedMemory', 0), cutFor('route'))).toEqual(
      identity('home', {}),
    )
  })

  test('tells what was known at a moment, whatever it learns later', () => {
    const who = identityKeeper()
    who.learn(reading('view', { id: 'home' }))
    const before = who.now()
    who.learn(cutFor('route'))
    const atTheCut = who.now()
    who.learn(reading('view', { id: 'cart' }))

    expect(who.now()).toEqual(identity('cart', {}))
    expect([before, atTheCut]).toEqual([identity('home', {}), identity('home', {})])
  })

  test('names a route from its start if no cut is before the name, in what was known of it before as well', () => {
    const who = identityKeeper()
    who.learn(reading('view', { id: '/', pathname: '/' }))
    const before = who.now()
    who.learn(cutFor('route'))
    who.learn(reading('view', { id: '/', pathname: '/', search: '?a' }))
    const later = who.now()
    who.learn(reading('view', { id: 'home', pathname: '/', search: '?a' }))

    expect([before, later, who.now()].map(({ view }) => view.id)).toEqual(['home', 'home', 'home'])
    expect(JSON.parse(JSON.stringify(later))).toMatchObject({ view: { id: 'home', search: '?a' } })
  })

  test('knows whether something of the current route has left, in all its queries, but not of one before', () => {
    const who = identityKeeper()
    const seen = [who.hasLeft()]
    for (const [pathname, search] of [
      ['/', ''],
      ['/', '?a'],
      ['/cart', ''],
      ['/pay', ''],
    ] as const) {
      who.learn(cutFor('route'))
      who.learn(reading('view', { id: pathname, pathname, search }))
      seen.push(who.hasLeft())
      if (pathname !== '/cart') who.left(who.now())
    }
    const first = who.now()
    who.learn(cutFor('route'))
    who.learn(reading('view', { id: '/end', pathname: '/end' }))
    who.left(first)

    expect([...seen, who.hasLeft()]).toEqual([false, false, true, false, false, false])
  })

  test('knows a route by its path as well as by its name, also one that is worked out late', () => {
    const late = (view: object) => ({ field: 'view', late: () => view }) as unknown as Reading
    const routes = [
      reading('view', { id: 'product', pathname: '/1' }),
      reading('view', { id: 'product', pathname: '/2' }),
      late({ id: 'product', pathname: '/3' }),
      late({ id: 'product', pathname: '/3', search: '?a' }),
    ]
    const who = identityKeeper()
    const hasLeft = routes.map((one) => {
      who.learn(cutFor('route'))
      who.learn(one)
      const now = who.now()
      const before = who.hasLeft()
      who.left(now)
      return before
    })

    expect(hasLeft).toEqual([false, false, false, true])
  })

  test('keeps what it knows where a late value comes to nothing', () => {
    const nothing = (field: string) => ({ field, late: () => undefined }) as unknown as Reading
    const known = learned(
      reading('view', { id: 'home' }),
      reading('attributes', { labels: ['a=1'] }),
      nothing('view'),
      nothing('attributes'),
    )

    expect(known).toMatchObject({ view: { id: 'home' }, attributes: { labels: ['a=1'] } })
  })

  test('works a late value out when somebody asks who it is, and once', () => {
    const late = vi.fn(() => ({ id: 'late' }))
    const who = identityKeeper()
    who.learn({ field: 'view', late } as unknown as Reading)
    expect(late).not.toHaveBeenCalled()

    expect([who.now(), who.now()]).toEqual([identity('late', {}), identity('late', {})])
    expect(late).toHaveBeenCalledOnce()
  })
})

describe('isIdentity', () => {
  test('is what every payload repeats', () => {
    expect([reading('view', {}), reading('attributes', {})].map(isIdentity)).toEqual([true, true])
    expect([reading('metrics', {}), reading('audits', {}), reading('view.usedMemory', 0)].some(isIdentity)).toBe(false)
  })
})
