import { of } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { toPayload } from '../../src/operators/toPayload'
import type { Reason } from '../../src/payload/payload'
import type { Reading } from '../../src/payload/reading'
import { marbles } from '../helpers/marbles'
import { identity, reading, sample, session, unsealed } from '../helpers/readings'
import { watch } from '../helpers/watch'

const fcp = reading('metrics', { fcp: 0 })
const cart = identity('cart')
const samples = { n: sample('sample', []), f: sample('sample', [fcp]), c: sample('route', [], cart) }

/** The one payload that these readings make. */
const payloadOf = (...readings: Reading[]) => watch(of(sample('sample', readings)).pipe(toPayload())).seen[0]

describe('toPayload', () => {
  marbles('makes one payload of each sample, under its identity', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' --f-(fc)-|', samples)
    const subs = '       ^--------!'
    const expected = '   --1-(12)-|'

    expectObservable(source.pipe(toPayload())).toBe(expected, {
      1: unsealed({ metrics: { fcp: 0 } }),
      2: unsealed({ view: { id: 'cart' }, beacon: { reason: 'route' } }),
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', samples)
    const broken = hot(' --#', samples)
    const endless = hot('----', samples)
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
      unsealed({
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

  test('takes the identity from the sample, not from readings that came while it was open', () => {
    const stale = reading('view', { id: 'product', pathname: '/product' })
    const made = watch(of(sample('route', [stale], cart)).pipe(toPayload())).seen[0]

    expect(made).toEqual(unsealed({ view: { id: 'cart' }, beacon: { reason: 'route' } }))
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
    expect(watch(of(sample(reason, [])).pipe(toPayload())).seen[0]?.beacon).toEqual({ reason })
  })

  test('works a late value out when its sample becomes a payload, and once', () => {
    const late = vi.fn(() => ({ lcp: 5 }))
    const one = { field: 'metrics', late } as unknown as Reading
    expect(payloadOf(fcp, one)?.metrics).toEqual({ fcp: 0, lcp: 5 })
    expect(payloadOf(one)?.metrics).toEqual({ lcp: 5 })
    expect(late).toHaveBeenCalledOnce()
  })

  test('leaves out a late value that there is none of', () => {
    expect(payloadOf({ field: 'metrics', late: () => undefined } as unknown as Reading)).not.toHaveProperty('metrics')
  })

  test('marks what is still open', () => {
    const draft = {}
    const [payload] = watch(of({ ...sample('recovered', []), isOpen: true, draft }).pipe(toPayload())).seen

    expect(payload).toMatchObject({ beacon: { reason: 'recovered' }, isOpen: true })
    expect(payload?.draft).toBe(draft)
  })

  test('never writes into what it was given', () => {
    const value = Object.freeze({ lcp: 100 })
    const frozen = Object.freeze(reading('metrics', value))
    const who = Object.freeze(identity())
    const one = Object.freeze(sample('sample', [frozen, reading('metrics', { lcp: 200 })], who))
    const { seen, end } = watch(of(one).pipe(toPayload()))

    expect(end.error).toBeUndefined()
    expect(seen[0]?.metrics).toEqual({ lcp: 200 })
    expect(value).toEqual({ lcp: 100 })
  })
})
