import { of } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { beaconSink } from '../../src/sinks/beacon'
import type { Payload } from '../../src/sinks/payload'
import { marbles } from '../helpers/marbles'
import { type FakePage, fakePage } from '../helpers/page'
import { payload } from '../helpers/readings'
import { settingsWith } from '../helpers/sources'
import { watch } from '../helpers/watch'

const endpoint = 'https://rum.test/rum'
const scope = (page: FakePage) => ({ page, settings: settingsWith({ endpoint }) })
const send = (page: FakePage, ...payloads: Payload[]) => watch(beaconSink()(of(...payloads), scope(page))).seen
const bytes = JSON.stringify(payload()).length
const report = { id: 'key-0', seq: 0, reason: 'sample', bytes }
const farewell = payload(0, 'hidden')
/** Whatever `from` takes may stand for a promise, which knows no virtual time. */
const answering = (answer: unknown) => fakePage({ fetch: () => answer })

describe('beaconSink', () => {
  marbles('tells when a payload was taken', ({ hot, cold, expectObservable, expectSubscriptions }) => {
    const source = hot(' -p--------|', { p: payload() })
    const subs = '       ^---------!'
    const answer = cold('--(a|)     ', { a: { ok: true, status: 204 } })
    const expected = '   ---s------|'
    const sent = beaconSink()(source, scope(answering(answer)))

    expectObservable(sent).toBe(expected, { s: { ...report, type: 'sent', way: 'fetch', status: 204 } })
    expectSubscriptions(source.subscriptions).toBe(subs)
  })

  marbles('tells when it was refused, or did not get through, and goes on', ({ hot, cold, expectObservable }) => {
    const source = hot('  -p---p---|', { p: payload() })
    const refused = cold('-(a|)     ', { a: { ok: false, status: 503 } })
    const failed = cold(' -#        ', {}, new TypeError('Failed to fetch'))
    const expected = '    --r---f--|'
    const answers = [refused, failed]
    const sent = beaconSink()(source, scope(fakePage({ fetch: () => answers.shift() })))

    expectObservable(sent).toBe(expected, {
      r: { ...report, type: 'drop', way: 'fetch', status: 503 },
      f: { ...report, type: 'drop', way: 'fetch', cause: 'TypeError: Failed to fetch' },
    })
  })

  marbles('does not let a slow answer hold up the next payload', ({ hot, cold, expectObservable }) => {
    const source = hot(' pq-----|', { p: payload(0), q: payload(1) })
    const slow = cold('  -----(a|)', { a: { ok: true, status: 204 } })
    const quick = cold(' -(a|)    ', { a: { ok: true, status: 204 } })
    const expected = '   --q--p-|'
    const answers = [slow, quick]
    const sent = beaconSink()(source, scope(fakePage({ fetch: () => answers.shift() })))
    const told = { type: 'sent', way: 'fetch', status: 204 }

    expectObservable(sent).toBe(expected, { p: { ...report, ...told }, q: { ...report, ...told, id: 'key-1', seq: 1 } })
  })

  test('posts JSON as a text, which needs no preflight', () => {
    const page = fakePage()
    send(page, payload())

    expect(page.requests).toMatchObject([{ way: 'fetch', url: endpoint, init: { method: 'POST', keepalive: true } }])
    expect(page.requests[0]?.init).not.toHaveProperty('headers')
    expect(JSON.parse(page.requests[0]?.body as string)).toEqual(payload())
  })

  test('goes without keepalive while 64 KiB are in flight, which is all that browsers allow', () => {
    const page = fakePage()
    const large = { ...payload(), attributes: { labels: ['x'.repeat(40_000)] } } as Payload
    watch(beaconSink()(of(payload(), large, large, payload()), scope(page)))

    expect(page.requests.map(({ init }) => init?.keepalive)).toEqual([true, true, false, false])
  })

  test('sends nothing where it was told no endpoint, and says so', () => {
    const page = fakePage()
    const { seen } = watch(beaconSink()(of(payload()), { page, settings: settingsWith({ endpoint: '' }) }))

    expect(page.requests).toEqual([])
    expect(seen).toMatchObject([{ type: 'drop', cause: 'no endpoint' }])
  })

  test('hands the last payload to sendBeacon', () => {
    const page = fakePage()

    expect(send(page, farewell)).toEqual([{ ...report, reason: 'hidden', type: 'sent', way: 'sendBeacon' }])
    expect(page.requests).toEqual([{ way: 'sendBeacon', url: endpoint, body: JSON.stringify(farewell) }])
  })

  test('hands over whatever a hidden page sends', () => {
    const page = fakePage({ document: { visibilityState: 'hidden' } })
    send(page, payload(1, 'entries'))

    expect(page.requests.map(({ way }) => way)).toEqual(['sendBeacon'])
  })

  test.for<[string, unknown]>([
    ['refuses', () => false],
    ['is missing', undefined],
    [
      'throws',
      () => {
        throw new TypeError('bad URL')
      },
    ],
  ])('falls back to fetch where sendBeacon %s', ([, sendBeacon]) => {
    const page = fakePage({ navigator: { sendBeacon } })
    send(page, farewell)

    expect(page.requests.map(({ way }) => way)).toEqual(['fetch'])
  })
})
