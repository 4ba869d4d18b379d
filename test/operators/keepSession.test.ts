import { describe, expect, vi } from 'vitest'
import { keepSession } from '../../src/operators/keepSession'
import { marbles } from '../helpers/marbles'
import { identified, reading, session } from '../helpers/readings'

const values = [identified(reading('metrics', { fcp: 0 }))]
const parcels = {
  s: { reason: 'sample', readings: values },
  n: { reason: 'sample', readings: [] },
  h: { reason: 'hidden', readings: [] },
  e: { reason: 'entries', readings: values },
  o: { reason: 'recovered', readings: values, isOpen: true },
} as const
const store = () => vi.fn((_alive: boolean) => session)
type Parcels = Parameters<ReturnType<typeof keepSession>>[0]

describe('keepSession', () => {
  marbles('gives each parcel its session', ({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' --s--(ne)-|', parcels)
    const subs = '       ^---------!'
    const expected = '   --s--(ne)-|'
    const { s, n, e } = parcels

    expectObservable((source as Parcels).pipe(keepSession(store()))).toBe(expected, {
      s: { ...s, session },
      n: { ...n, session },
      e: { ...e, session },
    })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles(
    'marks the session as alive at each sample, an empty one too, but not for entries or what is open',
    ({ hot, flush }) => {
      const source = hot(' -e--n--s-oh-e-|', parcels)
      const asked = store()

      ;(source as Parcels).pipe(keepSession(asked)).subscribe()
      flush()

      expect(asked.mock.calls).toEqual([[false], [true], [true], [false], [true], [false]])
    },
  )

  marbles('ends and fails with its source, and lets go of it', ({ hot, expectObservable, expectSubscriptions }) => {
    const nothing = hot('---|', parcels)
    const broken = hot(' --#', parcels)
    const endless = hot('----', parcels)
    const subs = '       ^-!'
    const unsub = '      --!'

    expectObservable((nothing as Parcels).pipe(keepSession(store()))).toBe('---|')
    expectObservable((broken as Parcels).pipe(keepSession(store()))).toBe(' --#')
    expectObservable((endless as Parcels).pipe(keepSession(store())), unsub).toBe('----')
    expectSubscriptions(endless.subscriptions).toBe(subs)
  })
})
