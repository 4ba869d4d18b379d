import { identity, of, Subject } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Sealed } from '../../src/operators/seal'
import { seal } from '../../src/operators/seal'
import type { Payload, Reason } from '../../src/payload/payload'
import type { UnsealedPayload } from '../../src/payload/sample'
import { marbles } from '../helpers/marbles'
import { unsealed } from '../helpers/readings'
import { watch } from '../helpers/watch'

const version = '1.2.3'
beforeEach(() => vi.stubGlobal('__VERSION__', version))
afterEach(() => vi.unstubAllGlobals())

const resources = [] as never[]
const open = (draft: object): UnsealedPayload => ({
  ...unsealed({ beacon: { reason: 'recovered' } }),
  isOpen: true,
  draft,
})
const drafts = [{}, {}] as const
const payloads = {
  a: unsealed(),
  h: unsealed({ beacon: { reason: 'hidden' } }),
  e: unsealed({ view: { resources }, beacon: { reason: 'entries' } }),
  o: open(drafts[0]),
  p: open(drafts[1]),
  s: { ...unsealed(), draft: drafts[0] },
  t: { ...unsealed(), draft: drafts[1] },
  g: { ...unsealed({ beacon: { reason: 'hidden' } }), draft: drafts[0] },
}
const sealed = (seq: number, reason: Reason, view = {}): Sealed => ({
  id: `key-${seq}`,
  payload: unsealed({ view, beacon: { id: `key-${seq}`, seq, reason, version } as never }) as never,
  isOpen: reason === 'recovered',
})

describe('seal', () => {
  marbles('numbers the payloads of a view from 0', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a--(ah)--a-|', payloads)
    const subs = '       ^-----------!'
    const expected = '   -0--(12)--3-|'

    expectObservable(source.pipe(seal('key', identity))).toBe(expected, {
      0: sealed(0, 'sample'),
      1: sealed(1, 'sample'),
      2: sealed(2, 'hidden'),
      3: sealed(3, 'sample'),
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('gives the same number to a sample that comes twice', ({ hot, expectObservable }) => {
    const source = hot(' -s--a--s--t-|', payloads)
    const expected = '   -0--1--0--2-|'

    expectObservable(source.pipe(seal('key', identity))).toBe(expected, {
      0: sealed(0, 'sample'),
      1: sealed(1, 'sample'),
      2: sealed(2, 'sample'),
    })
  })

  marbles('keeps the number that a sample was told under while it was open', ({ hot, expectObservable }) => {
    const source = hot(' -o-o-e-s-a-|', payloads)
    const expected = '   -o-o-1-0-2-|'

    expectObservable(source.pipe(seal('key', identity))).toBe(expected, {
      o: sealed(0, 'recovered'),
      0: sealed(0, 'sample'),
      1: sealed(1, 'entries', { resources }),
      2: sealed(2, 'sample'),
    })
  })

  marbles('gives the number of an open one that is dropped to the next', ({ hot, expectObservable }) => {
    const source = hot(' -o-e-s-|', payloads)
    const expected = '   ---0-1-|'
    const isSealed = (payload: Payload) => (payload.beacon.reason === 'recovered' ? null : payload)

    expectObservable(source.pipe(seal('key', isSealed))).toBe(expected, {
      0: sealed(0, 'entries', { resources }),
      1: sealed(1, 'sample'),
    })
  })

  marbles('keeps the numbers of several that are open', ({ hot, expectObservable }) => {
    const source = hot(' (op)-t-o-s-a-|', payloads)
    const expected = '   (op)-1-o-0-2-|'

    expectObservable(source.pipe(seal('key', identity))).toBe(expected, {
      o: sealed(0, 'recovered'),
      p: sealed(1, 'recovered'),
      0: sealed(0, 'sample'),
      1: sealed(1, 'sample'),
      2: sealed(2, 'sample'),
    })
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', payloads)
    const broken = hot(' --#', payloads)
    const endless = hot('----', payloads)
    const subs = '       ^-!'
    const unsub = '      --!'

    expectObservable(nothing.pipe(seal('key', identity))).toBe('---|')
    expectObservable(broken.pipe(seal('key', identity))).toBe(' --#')
    expectObservable(endless.pipe(seal('key', identity)), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  marbles('counts nothing that the last word drops', ({ hot, expectObservable }) => {
    const source = hot(' -a--h--a-|', payloads)
    const expected = '   -0-----1-|'
    const visible = seal('key', (payload) => (payload.beacon.reason === 'hidden' ? null : payload))

    expectObservable(source.pipe(visible)).toBe(expected, { 0: sealed(0, 'sample'), 1: sealed(1, 'sample') })
  })

  marbles('takes back what it told of a sample that the last word drops', ({ hot, expectObservable }) => {
    const source = hot(' -(op)--g--a--t-a-|', payloads)
    const expected = '   -(op)--x--0--1-2-|'
    const visible = seal('key', (payload) => (payload.beacon.reason === 'hidden' ? null : payload))

    expectObservable(source.pipe(visible)).toBe(expected, {
      o: sealed(0, 'recovered'),
      p: sealed(1, 'recovered'),
      x: { id: 'key-0', payload: null, isOpen: true },
      0: sealed(0, 'sample'),
      1: sealed(1, 'sample'),
      2: sealed(2, 'sample'),
    })
  })

  marbles('sends what the last word makes of a payload', ({ hot, expectObservable }) => {
    const source = hot(' -a-|', payloads)
    const expected = '   -0-|'
    const scrubbed = seal('key', (payload) => ({ ...payload, attributes: { ...payload.attributes, labels: ['x'] } }))

    expectObservable(source.pipe(scrubbed)).toBe(expected, {
      0: { ...sealed(0, 'sample'), payload: { ...sealed(0, 'sample').payload, attributes: { labels: ['x'] } } },
    })
  })

  test('gives two views different ids', () => {
    const ids = ['one', 'two'].map((key) => watch(of(payloads.a).pipe(seal(key, identity))).seen[0]?.id)

    expect(new Set(ids).size).toBe(2)
  })

  test('gives a payload that comes while another is finished a number of its own', () => {
    const payload$ = new Subject<UnsealedPayload>()
    const finish = (payload: Payload) => {
      if (payload.beacon.reason === 'sample') payload$.next(payloads.h)
      return payload
    }
    const { seen } = watch(payload$.pipe(seal('key', finish)))
    for (const payload of [payloads.a, payloads.e]) payload$.next(payload)

    expect(seen.map(({ id, payload }) => [id, payload?.beacon.reason])).toEqual([
      ['key-1', 'hidden'],
      ['key-0', 'sample'],
      ['key-2', 'entries'],
    ])
  })
})
