import { merge, NEVER, of, Subject } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Sealed } from '../../src/operators/seal'
import type { Payload } from '../../src/payload/payload'
import { beaconSink } from '../../src/sinks/beacon'
import { otlpSink } from '../../src/sinks/otlpSink'
import { answer } from '../helpers/answer'
import { fakeDatabase } from '../helpers/database'
import { fakeFetchLater } from '../helpers/fetchLater'
import { fakeLocks } from '../helpers/locks'
import { fakePage } from '../helpers/page'
import { payloadWith } from '../helpers/payload'
import { scopeWith } from '../helpers/scope'
import { settled } from '../helpers/settled'
import { watch } from '../helpers/watch'

// but for what fake-indexeddb and promises need
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }))
afterEach(() => void vi.useRealTimers())

const [rum, logs] = ['https://rum.test/rum', 'https://my-collector.test/v1/logs']
const payload = payloadWith()
const { id } = payload.beacon

/** A page with both sinks, whose requests wait until they are answered. */
const living = (database = fakeDatabase()) => {
  const requests: { url: string; body: string; answer: (status: number) => void }[] = []
  const { fetchLater, armed } = fakeFetchLater()
  const fetch = (url: string, { body }: RequestInit) =>
    new Promise((resolve) => {
      const answered = (status: number) => resolve({ ...answer(status), text: async () => '' })
      requests.push({ url, body: String(body), answer: answered })
    })
  const page = fakePage({ ...database.fields, fetch, fetchLater, navigator: { locks: fakeLocks() } })
  const [payload$, pending$] = [new Subject<Payload>(), new Subject<Sealed>()]
  const scope = scopeWith({ page, settings: { endpoint: rum, samplingRate: 1 }, pending$, open$: of(0) })
  const sink = otlpSink({ url: logs, headers: { 'x-key': '1' } })
  const { seen, unsubscribe } = watch(merge(beaconSink()(payload$, scope), sink(payload$, scope)))
  const requestTo = (url: string) => requests.find((request) => request.url === url)
  return { database, page, requests, requestTo, armed, payload$, pending$, seen, unsubscribe }
}

describe('otlpSink', () => {
  test('tells where it sends to, so that it is not observed', () => {
    expect(otlpSink({ url: logs }).url).toBe(logs)
    expect(otlpSink().url).toBeUndefined()
  })

  test('sends to the endpoint of the settings where it has none of its own', async () => {
    const page = fakePage()
    const { seen } = watch(otlpSink()(of(payload), scopeWith({ page, settings: { endpoint: logs } })))
    await settled()

    expect(page.requests.map(({ url }) => url)).toEqual([logs])
    expect(seen.filter(({ type }) => type === 'drop')).toEqual([])
    expect(watch(otlpSink()(of(payload), scopeWith())).seen).toMatchObject([{ type: 'drop', cause: 'no endpoint' }])
  })

  test('reads its own address as it was when the collector started', async () => {
    const page = fakePage({ url: 'https://shop.test/shop/' })
    const scope = scopeWith({ page, settings: { endpoint: rum } })
    page.navigate('/shop/product/7')
    watch(otlpSink({ url: 'v1/logs' })(of(payload), scope))
    await settled()

    expect(page.requests.map(({ url }) => url)).toEqual(['https://shop.test/shop/v1/logs'])
  })

  test('keeps a payload beside the beacon sink until its own endpoint has it, under the id of the beacon', async () => {
    const { database, requestTo, payload$, seen } = living()
    payload$.next(payload)
    vi.advanceTimersByTime(0)
    await settled()
    expect((await database.stored()).map(({ endpoint }) => endpoint).sort()).toEqual([logs, rum])

    requestTo(rum)?.answer(204)
    await settled()
    vi.advanceTimersByTime(1100)
    await settled()
    expect((await database.stored()).map(({ endpoint }) => endpoint)).toEqual([logs])

    requestTo(logs)?.answer(200)
    await settled()
    vi.advanceTimersByTime(1100)
    await settled()
    expect(await database.stored()).toEqual([])
    expect(seen.map(({ type, id }) => [type, id])).toEqual([
      ['sent', id],
      ['sent', id],
    ])
  })

  test('sends what an earlier page has left for it, as log records', async () => {
    const first = living()
    first.payload$.next(payload)
    await settled()
    first.unsubscribe()
    const next = living(first.database)
    vi.advanceTimersByTime(10)
    await settled(200)

    expect(next.requests.map(({ url }) => url).sort()).toEqual([logs, rum])
    expect(JSON.parse(next.requestTo(logs)?.body ?? '').resourceLogs).toHaveLength(1)
  })

  test('lets the browser send log records when the page is gone', async () => {
    const { armed, payload$ } = living()
    payload$.next(payload)
    vi.advanceTimersByTime(300)
    const late = [...armed].find(({ url }) => url === logs)

    expect(late?.init).toMatchObject({ method: 'POST', headers: { 'x-key': '1', 'content-type': 'application/json' } })
    expect(JSON.parse(late?.body ?? '').resourceLogs).toHaveLength(1)
  })

  test('keeps for the next page what waited for its turn, and went by keepalive', async () => {
    const { database, page, payload$ } = living()
    const numbered = (seq: number) => payloadWith({ beacon: { id: `1700000000000-uuid-${seq}`, seq } })
    // four are under way
    for (const seq of [0, 1, 2, 3, 4]) payload$.next(numbered(seq))
    await settled()
    page.addEventListener('pagehide', () => payload$.next(numbered(5)))
    page.leave()
    page.restore()
    payload$.next(numbered(6))
    await settled()
    const kept = (await database.stored()).filter(({ endpoint }) => endpoint === logs)

    expect(kept.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6])
  })

  test('keeps an open sample, and forgets it when there is nothing of it to send', async () => {
    const { database, pending$ } = living()
    pending$.next({ id, payload, isOpen: true })
    await settled()
    expect(await database.stored()).toHaveLength(2)

    pending$.next({ id, payload: null, isOpen: true })
    vi.advanceTimersByTime(1100)
    await settled()
    expect(await database.stored()).toEqual([])
  })

  test('deletes what it has stored where the visitor refuses', async () => {
    const { database, page, payload$, unsubscribe } = living()
    payload$.next(payload)
    await settled()
    unsubscribe()
    otlpSink({ url: logs }).forget?.(page)
    await settled()

    expect(await database.exists()).toBe(false)
  })
})

test('a request that nobody answers leaves the other sink alone', async () => {
  const page = fakePage({ fetch: () => NEVER })
  const scope = scopeWith({ page, settings: { endpoint: rum } })
  const { seen } = watch(merge(otlpSink({ url: logs })(of(payload), scope), of('other')))

  expect(seen).toContain('other')
})
