import { of } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { toPayload } from '../../src/operators/toPayload'
import type { Reason } from '../../src/payload/payload'
import type { Reading } from '../../src/payload/reading'
import { marbles } from '../helpers/marbles'
import { draft, identified, identity, parcel, reading, session } from '../helpers/readings'
import { watch } from '../helpers/watch'

const fcp = identified(reading('metrics', { fcp: 0 }))
const cart = identified(reading('view', {}), identity('cart'))
const parcels = { n: parcel('sample'), f: parcel('sample', fcp), c: parcel('route', cart) }

/** The one payload that these readings make. */
const payloadOf = (...readings: Reading[]) => {
  const sample = parcel('sample', ...readings.map((one) => identified(one)))
  return watch(of(sample).pipe(toPayload())).seen[0]
}

describe('toPayload', () => {
  marbles('makes one payload of each parcel', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' --f-(fc)-|', parcels)
    const subs = '       ^--------!'
    const expected = '   --1-(12)-|'

    expectObservable(source.pipe(toPayload())).toBe(expected, {
      1: draft({ metrics: { fcp: 0 } }),
      2: draft({ view: { id: 'cart' }, beacon: { reason: 'route' } }),
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('tells the last identity in a sample without a reading', ({ hot, expectObservable }) => {
    const source = hot(' -c--n--f--n', parcels)
    const unsub = '      -----------!'
    const expected = '   -1--2--3--4'

    expectObservable(source.pipe(toPayload()), unsub).toBe(expected, {
      1: draft({ view: { id: 'cart' }, beacon: { reason: 'route' } }),
      2: draft({ view: { id: 'cart' } }),
      3: draft({ metrics: { fcp: 0 } }),
      4: draft(),
    })
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', parcels)
    const broken = hot(' --#', parcels)
    const endless = hot('----', parcels)
    const subs = '       ^-!'
    const unsub = '      --!'

    expectObservable(nothing.pipe(toPayload())).toBe('---|')
    expectObservable(broken.pipe(toPayload())).toBe(' --#')
    expectObservable(endless.pipe(toPayload()), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  test('keeps zeros, false and empty texts', () => {
    const made = payloadOf(
      reading('metrics', { cls: 0, inp: 0 }),
      reading('audits', { crossOriginIsolated: false }),
      reading('view.marks[]', { name: '', detail: null, startTime: 0 }),
    )

    expect(made).toEqual(
      draft({
        metrics: { cls: 0, inp: 0 },
        audits: { crossOriginIsolated: false },
        view: { marks: [{ name: '', detail: null, startTime: 0 }] },
      }),
    )
  })

  test('lists what comes for a list, in its order', () => {
    const [a, b] = [1, 2].map((startTime) => ({ name: 'self', startTime, duration: 60 })) as [never, never]

    expect(payloadOf(reading('view.longTasks[]', a), reading('view.longTasks[]', b))?.view.longTasks).toEqual([a, b])
  })

  test('lets a later value replace an earlier one, and leaves the others', () => {
    const made = payloadOf(reading('metrics', { lcp: 100, cls: 0.1 }), reading('metrics', { lcp: 200 }))

    expect(made?.metrics).toEqual({ lcp: 200, cls: 0.1 })
  })

  test('lays a later object over an earlier one', () => {
    const made = payloadOf(
      reading('view.resourceTypes', { css: { count: 1 }, image: { count: 1 } }),
      reading('view.resourceTypes', { css: { count: 2 } }),
    )

    expect(made?.view.resourceTypes).toEqual({ css: { count: 2 }, image: { count: 1 } })
  })

  test('names only what there is', () => {
    expect(payloadOf(fcp)).toEqual({
      session,
      view: { id: 'home' },
      attributes: { labels: [] },
      metrics: { fcp: 0 },
      beacon: { reason: 'sample' },
    })
  })

  test.for<Reason>(['sample', 'entries', 'route', 'hidden', 'stop'])('keeps the reason %s', (reason) => {
    expect(watch(of(parcel(reason)).pipe(toPayload())).seen[0]?.beacon).toEqual({ reason })
  })

  test('marks what is still open', () => {
    const slot = {}
    const [draft] = watch(of({ ...parcel('recovered'), isOpen: true, slot }).pipe(toPayload())).seen

    expect(draft).toMatchObject({ beacon: { reason: 'recovered' }, isOpen: true })
    expect(draft?.slot).toBe(slot)
  })

  test('never writes into what it was given', () => {
    const value = Object.freeze({ lcp: 100 })
    const frozen = Object.freeze(identified(Object.freeze(reading('metrics', value)), Object.freeze(identity())))
    const { seen, end } = watch(
      of(parcel('sample', frozen, identified(reading('metrics', { lcp: 200 })))).pipe(toPayload()),
    )

    expect(end.error).toBeUndefined()
    expect(seen[0]?.metrics).toEqual({ lcp: 200 })
    expect(value).toEqual({ lcp: 100 })
  })
})
