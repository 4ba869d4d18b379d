import { from } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { distinctPayload } from '../../src/operators/distinctPayload'
import type { Attributes } from '../../src/payload/payload'
import type { UnsealedPayload } from '../../src/payload/sample'
import { marbles } from '../helpers/marbles'
import { session, unsealed } from '../helpers/readings'
import { watch } from '../helpers/watch'

const drafts = {
  a: unsealed({ metrics: { lcp: 100 } }),
  c: unsealed({ view: { id: 'cart' } }),
  n: unsealed(),
}

/** Whether the second of two payloads is let through, after the first. */
const isNews = (before: UnsealedPayload, after: UnsealedPayload) =>
  watch(from([before, after]).pipe(distinctPayload(true))).seen.includes(after)

const connected = (rtt: number, downlink: number, effectiveType = '4g') =>
  unsealed({ attributes: { connection: { effectiveType, rtt, downlink, saveData: false } } as Partial<Attributes> })

describe('distinctPayload', () => {
  test('takes a field of one’s own for a reading each time, whatever its value', () => {
    for (const value of ['a', 1, { a: 1 }]) {
      const own = unsealed({ view: { id: 'home', phase: value } as never })

      expect(isNews(own, { ...own })).toBe(true)
      expect(isNews(own, unsealed({ view: { id: 'home' } }))).toBe(false)
    }
  })

  marbles('lets through only what says something new', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -n-n-a-n-(ccn)-|', drafts)
    const subs = '       ^--------------!'
    const expected = '   -n---a---(cn)--|'

    expectObservable(source.pipe(distinctPayload(true))).toBe(expected, drafts)
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('lets everything through without savingMode', ({ hot, expectObservable }) => {
    const source = hot(' -n-n-a-a-n-|', drafts)
    const expected = '   -n-n-a-a-n-|'

    expectObservable(source.pipe(distinctPayload(false))).toBe(expected, drafts)
  })

  marbles(
    'lets through what is still open and has news, for which an identity alone is too little',
    ({ hot, expectObservable }) => {
      const open = (draft: UnsealedPayload): UnsealedPayload => ({ ...draft, isOpen: true })
      const values = { ...drafts, o: open(drafts.c), p: open(drafts.a) }
      const source = hot(' -n-o-c-p-p-a-|', values)
      const expected = '   -n---c-p-p-a-|'

      expectObservable(source.pipe(distinctPayload(true))).toBe(expected, values)
    },
  )

  marbles('tells an identity when it closes, however often it was open', ({ hot, expectObservable }) => {
    const values = { ...drafts, o: { ...drafts.c, isOpen: true } }
    const source = hot(' -n-o-o-c-c-n-|', values)
    const expected = '   -n-----c---n-|'
    const all = '        -n-o-o-c-c-n-|'

    expectObservable(source.pipe(distinctPayload(true))).toBe(expected, values)
    expectObservable(source.pipe(distinctPayload(false))).toBe(all, values)
  })

  marbles('remembers nothing of an earlier subscription', ({ cold, expectObservable }) => {
    const source = cold('n-n|', drafts)
    const again = '      ----^   '
    const expected = '   n--|    '
    const later = '      ----n--|'
    const told = source.pipe(distinctPayload(true))

    expectObservable(told).toBe(expected, drafts)
    expectObservable(told, again).toBe(later, drafts)
  })

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', drafts)
    const broken = hot(' --#', drafts)
    const endless = hot('----', drafts)
    const subs = '       ^-!'
    const unsub = '      --!'

    expectObservable(nothing.pipe(distinctPayload(true))).toBe('---|')
    expectObservable(broken.pipe(distinctPayload(true))).toBe(' --#')
    expectObservable(endless.pipe(distinctPayload(true)), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })

  test('tells what it has skipped', () => {
    const skipped: UnsealedPayload[] = []
    const again = unsealed()

    watch(from([drafts.n, again]).pipe(distinctPayload(true, (payload) => skipped.push(payload))))

    expect(skipped).toEqual([again])
    expect(skipped[0]).toBe(again)
  })

  const task = { name: 'self', startTime: 1, duration: 50 }
  test.for<[string, UnsealedPayload, UnsealedPayload]>([
    ['another session', drafts.n, unsealed({ session: { ...session, id: 's2' } })],
    ['another view', drafts.n, unsealed({ view: { id: 'cart' } })],
    ['a change of visibility', drafts.n, unsealed({ view: { visibility: 'hidden' } })],
    ['another label', drafts.n, unsealed({ attributes: { labels: ['a=1'] } })],
    ['a first value of 0', drafts.n, unsealed({ metrics: { cls: 0 } })],
    [
      'another audit',
      unsealed({ audits: { crossOriginIsolated: true } }),
      unsealed({ audits: { crossOriginIsolated: false } }),
    ],
    [
      'a list with the same item again',
      unsealed({ view: { longTasks: [task] } }),
      unsealed({ view: { longTasks: [task] } }),
    ],
    ['memory', drafts.n, unsealed({ view: { usedMemory: 0 } })],
    ['another kind of connection', connected(50, 10), connected(50, 10, '3g')],
  ])('takes %s for news', ([, before, after]) => {
    expect(isNews(before, after)).toBe(true)
  })

  test.for<[string, UnsealedPayload, UnsealedPayload]>([
    ['the same again', drafts.n, unsealed()],
    ['a clock that went on', drafts.n, unsealed({ session: { ...session, lastLoop: 9_000, duration: 2 } })],
    ['another reason', drafts.n, unsealed({ beacon: { reason: 'hidden' } })],
    ['the same labels', unsealed({ attributes: { labels: ['a=1'] } }), unsealed({ attributes: { labels: ['a=1'] } })],
    ['an estimate that moved', connected(50, 10), connected(100, 1.5)],
    ['what is no longer told', drafts.a, drafts.n],
  ])('takes %s for no news', ([, before, after]) => {
    expect(isNews(before, after)).toBe(false)
  })
})
