import { describe } from 'vitest'
import { identify } from '../../src/operators/identify'
import type { Admitted } from '../../src/operators/quota'
import { marbles } from '../helpers/marbles'
import { identity, reading } from '../helpers/readings'

const admitted = (...given: Parameters<typeof reading>): Admitted => ({ ...reading(...given), isLast: !!given[2] })

const readings = {
  v: admitted('view', { id: 'home' }),
  w: admitted('view', { id: 'cart' }),
  l: admitted('attributes', { labels: ['a=1'] }),
  m: admitted('metrics', { fcp: 0 }),
  x: admitted('view', {}, 'route'),
}
const nobody = { view: {}, attributes: {} }
const home = identity('home', {})
const cart = identity('cart', { labels: ['a=1'] })

describe('identify', () => {
  marbles('gives each reading the identity that held with it', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -m-v-m-(lwm)--|', readings)
    const subs = '       ^-------------!'
    const expected = '   -1-2-3-(456)--|'
    const known = { ...home, attributes: { labels: ['a=1'] } }

    expectObservable(source.pipe(identify())).toBe(expected, {
      1: { ...readings.m, identity: nobody },
      2: { ...readings.v, identity: home },
      3: { ...readings.m, identity: home },
      4: { ...readings.l, identity: known },
      5: { ...readings.w, identity: cart },
      6: { ...readings.m, identity: cart },
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('leaves a cut with the view that it closes', ({ hot, expectObservable }) => {
    const source = hot(' -v-x-w-|', readings)
    const expected = '   -1-2-3-|'

    expectObservable(source.pipe(identify())).toBe(expected, {
      1: { ...readings.v, identity: home },
      2: { ...readings.x, identity: home },
      3: { ...readings.w, identity: identity('cart', {}) },
    })
  })

  marbles('knows nobody at each new subscription', ({ cold, expectObservable }) => {
    const source = cold('m-v|', readings)
    const again = '      ---^----'
    const expected = '   1-2|    '
    const later = '      ---1-2|'
    const values = { 1: { ...readings.m, identity: nobody }, 2: { ...readings.v, identity: home } }
    const identified = source.pipe(identify())

    expectObservable(identified).toBe(expected, values)
    expectObservable(identified, again).toBe(later, values)
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', readings)
    const broken = hot(' -v#', readings)
    const endless = hot('----', readings)
    const subs = '       ^-! '
    const unsub = '      --! '

    expectObservable(nothing.pipe(identify())).toBe('---|')
    expectObservable(broken.pipe(identify())).toBe(' -1#', { 1: { ...readings.v, identity: home } })
    expectObservable(endless.pipe(identify()), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })
})
