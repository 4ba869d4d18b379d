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
    expect(learned()).toEqual({ view: {}, attributes: {} })
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
    who.learn(reading('view', { id: 'cart' }))

    expect(who.now()).toEqual(identity('cart', {}))
    expect(before).toEqual(identity('home', {}))
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
