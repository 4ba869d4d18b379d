import { describe, expect, test, vi } from 'vitest'
import { lastWord } from '../src/lastWord'
import type { Payload, Reason } from '../src/payload/payload'
import type { Settings } from '../src/settings'
import type { Workings } from '../src/workings'
import { type Acts, collecting, loud } from './helpers/collecting'
import { payload } from './helpers/readings'
import { settingsWith } from './helpers/sources'

describe('lastWord', () => {
  test.for<[string, () => null]>([
    ['drops a payload', () => null],
    [
      'throws',
      () => {
        throw new Error('no')
      },
    ],
  ])('sends nothing where beforeSend %s', ([, beforeSend]) => {
    const { times, typesOf } = collecting([], 6000, { beforeSend })

    expect(times).toEqual([])
    expect(typesOf()).not.toContain('send')
  })

  test('drops what beforeSend made no payload, and goes on', () => {
    const answers: unknown[] = [Promise.resolve(), {}, undefined]
    const beforeSend = (payload: Payload) =>
      answers.length && payload.beacon.reason === 'sample' ? (answers.shift() as Payload) : payload
    const { times, payloads } = collecting([], 22_000, { ...loud, beforeSend })

    expect(times).toEqual(['20300 sample', '22000 stop'])
    expect(payloads.map(({ beacon }) => beacon.seq)).toEqual([0, 1])
  })

  test('keeps what beforeSend changes out of later payloads', () => {
    const beforeSend = (payload: Payload) => {
      payload.attributes.labels.push('x=1')
      return payload
    }
    const { payloads } = collecting([], 16_000, { ...loud, beforeSend })

    expect(payloads.map(({ attributes }) => attributes.labels)).toEqual(Array(payloads.length).fill(['x=1']))
  })

  test('tells of maskUrl or of beforeSend, whichever throws', () => {
    const failing = (name: string) => {
      const fail = () => {
        throw new Error('no')
      }
      const { steps } = collecting([], 6000, { [name]: fail })
      return steps.filter(({ type }) => type === 'error').map(({ part, message }) => [part, message])
    }

    expect(failing('maskUrl')).toContainEqual(['maskUrl', 'payload dropped: Error: no'])
    expect(failing('beforeSend')).toContainEqual(['beforeSend', 'payload dropped: Error: no'])
  })

  test('tells with the next payload what was lost with one that beforeSend drops', () => {
    const flood: Acts[number][1] = (_page, crum) => {
      for (let at = 0; at < 1003; at++) crum.addEvent('a')
    }
    const answers = [null]
    const beforeSend = (payload: Payload) =>
      answers.length && payload.beacon.reason === 'sample' ? (answers.shift() as null) : payload
    const { payloads } = collecting([[1000, flood]], 12_000, { ...loud, beforeSend })

    expect(payloads.map(({ beacon }) => beacon.dropped).filter(Boolean)).toEqual([{ 'view.events[]': 3 }])
  })

  test('masks every URL that leaves', () => {
    const url = 'https://shop.test/?token=secret'
    const maskUrl = (url: string) => url.replace(/\?.*/, '')
    const { payloads } = collecting([[1000, (page) => page.console.warn(`at ${url}`)]], 6000, { maskUrl }, { url })

    expect(payloads).toHaveLength(1)
    expect(JSON.stringify(payloads)).not.toContain('secret')
  })

  describe('on a payload that is only kept, while its sample is open', () => {
    const dropped = { 'view.events[]': 3 }
    const said = (given: Partial<Settings>, reason: Reason) => {
      const [note, fail, limits] = [vi.fn(), vi.fn(), { dropped: { ...dropped } }]
      const own = { config: settingsWith(given), note, fail, limits } as unknown as Workings
      return { last: lastWord(own)(payload(0, reason, { view: { href: 'https://shop.test/' } })), note, fail, limits }
    }
    const failing = () => {
      throw new Error('no')
    }

    test('is not the last one: what was dropped is counted in the one that is sent', () => {
      const kept = said({}, 'recovered')
      const sent = said({}, 'sample')

      expect([kept.last?.beacon.dropped, kept.limits.dropped]).toEqual([undefined, dropped])
      expect([sent.last?.beacon.dropped, sent.limits.dropped]).toEqual([dropped, undefined])
    })

    test('masks it and changes it all the same, for it may be sent by the next page', () => {
      const beforeSend = (payload: Payload) => ({ ...payload, audits: { crossOriginIsolated: true } })

      expect(said({ beforeSend }, 'recovered').last?.audits).toEqual({ crossOriginIsolated: true })
    })

    test.for<[string, Partial<Settings>]>([
      ['is dropped', { beforeSend: () => null }],
      ['can not be masked', { maskUrl: failing }],
      ['makes beforeSend throw', { beforeSend: failing }],
    ])('keeps none that %s, and does not say so before it is sent', ([, given]) => {
      const kept = said(given, 'recovered')
      const sent = said(given, 'sample')

      expect([kept.last, sent.last]).toEqual([null, null])
      expect(kept.note.mock.calls.length + kept.fail.mock.calls.length).toBe(0)
      expect(sent.note.mock.calls.length + sent.fail.mock.calls.length).toBe(1)
    })
  })

  test('notes what beforeSend drops, once', () => {
    const { steps } = collecting([], 6000, { beforeSend: () => null })

    expect(steps.filter(({ type, timeStamp }) => type === 'drop' && timeStamp === 5300)).toEqual([
      { type: 'drop', timeStamp: 5300, cause: 'beforeSend' },
    ])
  })
})
