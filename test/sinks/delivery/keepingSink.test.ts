import { IDBObjectStore } from 'fake-indexeddb'
import { BehaviorSubject, NEVER, of, Subject, timer } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Sealed } from '../../../src/operators/seal'
import type { Payload, Reason } from '../../../src/payload/payload'
import type { Reading } from '../../../src/payload/reading'
import { beaconSink } from '../../../src/sinks/beacon'
import { type Envelope, envelope } from '../../../src/sinks/delivery/envelope'
import { keepingSink } from '../../../src/sinks/delivery/keepingSink'
import type { Outcome } from '../../../src/sinks/delivery/outcome'
import { viewLock } from '../../../src/sinks/delivery/recovery'
import { answer } from '../../helpers/answer'
import { fakeDatabase } from '../../helpers/database'
import { fakeFetchLater } from '../../helpers/fetchLater'
import { listened } from '../../helpers/listened'
import { fakeLocks } from '../../helpers/locks'
import { marbles } from '../../helpers/marbles'
import { fakePage, type Overrides } from '../../helpers/page'
import { payload, reading } from '../../helpers/readings'
import { scopeWith } from '../../helpers/scope'
import { settled } from '../../helpers/settled'
import { fakeNavigation } from '../../helpers/target'
import { watch } from '../../helpers/watch'

// but for what fake-indexeddb and promises need
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const endpoint = 'https://rum.test/rum'
const report = { id: 'key-0', seq: 0, reason: 'sample', bytes: JSON.stringify(payload()).length }
const unstored = { type: 'unstored', cause: expect.stringContaining('TypeError') }

/** Whatever `from` takes may stand for a promise, which knows no virtual time. */
const answering = (...answers: unknown[]) => fakePage({ fetch: () => answers.shift() ?? NEVER })
const scopeOf = (page = fakePage()) => scopeWith({ page, settings: { endpoint } })

/** A payload with as many marks. */
const marked = (count: number, seq = 0, reason: Reason = 'sample') => {
  const marks = Array.from({ length: count }, (_, at) => ({ name: `${at}`, startTime: at, detail: null }))
  return payload(seq, reason, { view: { marks } })
}
/** The same while it is still open. */
const pending = (count: number, seq = 0): Sealed => ({
  ...{ id: `key-${seq}`, isOpen: true, payload: marked(count, seq, 'recovered') },
})

const event = reading('view.events[]', { buy: {}, timeStamp: 0 })
const navigateEvent = { type: 'navigate', destination: { sameDocument: false }, downloadRequest: null }
const mark = reading('view.marks[]', { name: 'HE-a', detail: null, startTime: 0 })

/** An origin, and a page of it that can do all a browser can; a request waits until it is answered. */
const living = (overrides: Overrides = {}, origin = { database: fakeDatabase(), locks: fakeLocks() }) => {
  const { database, locks } = origin
  const { fetchLater, armed } = fakeFetchLater()
  const waiting: ((answer: unknown) => void)[] = []
  const posted: string[] = []
  const fetch = (_url: string, { body }: RequestInit) => {
    posted.push(JSON.parse(String(body)).beacon.id)
    return new Promise((resolve) => waiting.push(resolve))
  }
  const navigator = { locks, ...overrides.navigator }
  const page = fakePage({ ...database.fields, fetch, fetchLater, ...overrides, navigator })
  const [payload$, pending$, reading$] = [new Subject<Payload>(), new Subject<Sealed>(), new Subject<Reading>()]
  const [open$, mayStore$] = [new Subject(), new Subject()]
  const settings = { endpoint, samplingRate: 1 }
  const inputs = [
    listened(payload$),
    listened(pending$),
    listened(reading$),
    listened(open$),
    listened(mayStore$),
  ] as const
  const [payloads, pendings, readings, opens, mayStores] = inputs
  const grown: Sealed[] = []
  const look = vi.fn(() => {
    for (const one of grown.splice(0)) pending$.next(one)
  })
  const given = {
    ...{ page, settings, look, pending$: pendings.value$, reading$: readings.value$ },
    ...{ open$: opens.value$, mayStore$: mayStores.value$ },
  }
  const { seen, end, unsubscribe } = watch(beaconSink()(payloads.value$, scopeWith(given)))
  const pass = async (ms: number) => {
    vi.advanceTimersByTime(ms)
    await settled()
  }
  return {
    ...{ origin, page, payload$, open$, mayStore$, posted, armed, locks, seen, end, unsubscribe, look, pass },
    listeners: () => inputs.map(({ listeners }) => listeners()),
    types: () => seen.map(({ type }) => type),
    armedIds: () => [...armed].map(({ body }) => JSON.parse(body).beacon.id),
    storedIds: async () => (await database.stored()).map(({ id }) => id),
    stored: database.stored,
    send: async (...payloads: Payload[]) => {
      for (const one of payloads) payload$.next(one)
      // each is posted in a task of its own
      await pass(0)
    },
    tell: async (...told: Sealed[]) => {
      for (const one of told) pending$.next(one)
      await settled()
    },
    /** A reading comes, with which these have grown, and is written. */
    read: async (one: Reading, ...told: Sealed[]) => {
      grown.push(...told)
      reading$.next(one)
      await pass(1000)
    },
    /** Answers the request that waits longest. */
    reply: async (status = 204, headers: Record<string, string> = {}) => {
      waiting.shift()?.(answer(status, headers))
      await settled()
    },
  }
}

describe('keepingSink', () => {
  marbles('tells when a payload was taken', ({ hot, cold, expectObservable, expectSubscriptions }) => {
    const source = hot(' -p-----|', { p: payload() })
    const subs = '       ^------!'
    const taken = cold('  --(a|) ', { a: answer() })
    const expected = '   -u-s---|'
    const sent = beaconSink()(source, scopeOf(answering(taken)))

    expectObservable(sent).toBe(expected, { u: unstored, s: { ...report, type: 'sent', way: 'fetch', status: 204 } })
    // as what it is, and as the end of all that goes on beside it
    expectSubscriptions(source.subscriptions).toBe([subs, subs, subs, subs])
  })

  marbles('tries again after a pause, even where there is no storage', ({ hot, expectObservable }) => {
    const source = hot(' -p           ', { p: payload() })
    // pause              1 s   |
    const unsub = '      2s          !'
    const expected = '   -(ur) 996ms s'
    const page = answering(of(answer(503, { 'retry-after': '1' })), of(answer()))

    expectObservable(beaconSink()(source, scopeOf(page)), unsub).toBe(expected, {
      u: unstored,
      r: { ...report, type: 'retry', way: 'fetch', status: 503, retryIn: 1000 },
      s: { ...report, type: 'sent', way: 'fetch', status: 204 },
    })
  })

  marbles('keeps to the pause that the endpoint has asked for, online or hidden', ({ hot, expectObservable }) => {
    const source = hot(' -p           ', { p: payload() })
    // hidden             --100ms-|200ms
    // online             --499ms-o
    // pause              1 s      |
    const unsub = '      2s          !'
    const expected = '   -(ur) 996ms s'
    const page = answering(of(answer(503, { 'retry-after': '1' })), of(answer()))
    timer(100).subscribe(() => page.hide())
    timer(300).subscribe(() => page.show())
    timer(500).subscribe(() => page.fire('online'))

    expectObservable(beaconSink()(source, scopeOf(page)), unsub).toBe(expected, {
      ...{ u: unstored, r: expect.objectContaining({ type: 'retry' }), s: expect.objectContaining({ type: 'sent' }) },
    })
  })

  test('arms what the browser is to send at where the endpoint has moved', async () => {
    const to = `${endpoint}/`
    const answers = [
      { ...answer(), url: to, redirected: true },
      { ...answer(0), url: endpoint, type: 'opaqueredirect' },
    ]
    const { fetchLater, armed } = fakeFetchLater()
    const page = fakePage({ fetchLater, fetch: () => (answers[0] ? of(answers.shift()) : NEVER) })
    const payload$ = new Subject<Payload>()
    const { unsubscribe } = watch(beaconSink()(payload$, scopeOf(page)))
    payload$.next(payload())
    vi.advanceTimersByTime(0)
    await settled()
    page.leave()

    expect([...armed].map(({ url }) => url)).toEqual([to])
    unsubscribe()
  })

  marbles('sends nothing where it was told no endpoint, and says so', ({ hot, expectObservable, ...expecting }) => {
    const source = hot(' -p-|', { p: payload() })
    const subs = '       ^--!'
    const expected = '   -d-|'
    const page = fakePage()

    expectObservable(beaconSink()(source, scopeWith({ page }))).toBe(expected, {
      d: { type: 'drop', id: 'key-0', cause: 'no endpoint' },
    })
    expecting.expectSubscriptions(source.subscriptions).toBe(subs)
    expect(page.open()).toBe(0)
  })

  test('works where nothing but fetch is there, and complains once', async () => {
    const page = fakePage()
    Reflect.deleteProperty(page.navigator, 'sendBeacon')
    const payload$ = new Subject<Payload>()
    const { seen } = watch(beaconSink()(payload$, scopeOf(page)))
    for (const seq of [0, 1]) payload$.next(payload(seq))
    vi.advanceTimersByTime(0)
    await settled()

    expect(seen.map(({ type }) => type)).toEqual(['unstored', 'sent', 'sent'])
  })

  test('gives up, once, where the page bars the way to it', async () => {
    const { page, armed, send, posted, seen, stored } = living()
    await send(payload(0))
    page.fire('securitypolicyviolation', { blockedURI: 'https://other.test/', disposition: 'enforce' })
    page.fire('securitypolicyviolation', { blockedURI: endpoint, disposition: 'report' })
    expect(seen).toEqual([])

    for (const blockedURI of [endpoint, endpoint]) {
      page.fire('securitypolicyviolation', { blockedURI, disposition: 'enforce' })
    }
    await send(payload(1))
    expect(seen).toMatchObject([{ type: 'error', part: 'beacon', message: expect.stringContaining('connect-src') }])
    expect(posted).toEqual(['key-0'])
    expect(armed.size).toBe(0)
    expect(await stored()).toHaveLength(2)
  })
})

describe('keepingSink, until a payload is acknowledged,', () => {
  test('keeps it in the outbox, before it sends it', async () => {
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put')
    const kept: number[] = []
    const fetch = () => {
      kept.push(puts.mock.calls.length)
      return new Promise(() => {})
    }
    const { send } = living({ fetch })
    await send(payload(0))
    await send(payload(1))

    // the first put waits for the database
    expect(kept).toEqual([0, 2])
  })

  test('keeps it with the browser at once, before it sends it, where the page ends', async () => {
    const kept: string[][] = []
    const sendBeacon = () => {
      kept.push(armedIds())
      return false
    }
    const { page, payload$, armedIds } = living({ navigator: { sendBeacon } })
    page.addEventListener('pagehide', () => payload$.next(payload(0, 'hidden')))
    page.leave()
    await settled()

    expect(kept).toEqual([['key-0']])
    expect(armedIds()).toEqual(['key-0'])
  })

  test('lets go of it when it was taken', async () => {
    const { send, reply, pass, storedIds, armed } = living()
    await send(payload(0), payload(1))
    await pass(250)
    expect(await storedIds()).toEqual(['key-0', 'key-1'])
    expect(armed.size).toBe(2)

    await reply()
    expect([...armed].map(({ body }) => JSON.parse(body))).toEqual([payload(1)])
    await pass(1000)
    expect(await storedIds()).toEqual(['key-1'])
  })

  test('costs one put and one delete where all goes well', async () => {
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put')
    const deletes = vi.spyOn(IDBObjectStore.prototype, 'delete')
    const { send, reply, pass } = living()
    await send(payload())
    await reply()
    await pass(1000)

    expect(puts).toHaveBeenCalledOnce()
    expect(deletes).toHaveBeenCalledOnce()
  })

  test('keeps what is to be tried again, and lets go of what is refused for good', async () => {
    const { send, reply, pass, storedIds, armedIds } = living()
    await send(payload(0), payload(1))
    await pass(250)
    await reply(400)
    await reply(503, { 'retry-after': '100' })
    expect(armedIds()).toEqual(['key-1'])

    await pass(1000)
    expect(await storedIds()).toEqual(['key-1'])
    expect(armedIds()).toEqual(['key-1'])
  })

  test('keeps halves in the place of what is too large', async () => {
    const { send, reply, pass, storedIds, armedIds, posted } = living()
    await send(marked(2))
    await pass(250)
    await reply(413)
    const [first, second] = await storedIds()
    expect(first).toBe('key-0')
    expect(second).toMatch(/^key-0\./)
    expect(posted).toEqual(['key-0', 'key-0', second])
    expect(armedIds()).toEqual(['key-0', second])

    await reply()
    await reply()
    await pass(1000)
    expect(await storedIds()).toEqual([])
    expect(armedIds()).toEqual([])
  })

  test('keeps for the next page what went by sendBeacon, but sends no second one', async () => {
    const { page, tell, payload$, pass, armed, storedIds, seen } = living()
    await tell(pending(1))
    page.addEventListener('pagehide', () => payload$.next(payload(0, 'hidden')))
    page.leave()
    await settled()

    expect(seen).toMatchObject([{ id: 'key-0', type: 'sent', way: 'sendBeacon' }])
    expect(armed.size).toBe(0)
    expect(await storedIds()).toEqual(['key-0'])

    // in a page that is there again
    page.restore()
    await pass(1000)
    expect(armed.size).toBe(0)
    expect(await storedIds()).toEqual(['key-0'])
  })

  test('keeps for the next page what waited for its turn as well, and went by sendBeacon', async () => {
    const { page, send, tell, payload$, storedIds } = living()
    // four are under way
    await send(...[0, 1, 2, 3, 4].map((seq) => payload(seq)))
    page.addEventListener('pagehide', () => payload$.next(payload(5, 'hidden')))
    page.leave()
    expect(page.requests.map(({ way, body }) => [way, JSON.parse(body).beacon.seq])).toEqual([
      ['sendBeacon', 4],
      ['sendBeacon', 5],
    ])

    page.restore()
    await tell(pending(1, 6))
    expect(await storedIds()).toEqual([0, 1, 2, 3, 4, 5, 6].map((seq) => `key-${seq}`))
  })

  test('tries what is said last in any case, though the endpoint fails', async () => {
    const { page, send, reply, payload$ } = living()
    await send(payload(0))
    await reply(503, { 'retry-after': '100' })
    page.addEventListener('pagehide', () => payload$.next(payload(1, 'hidden')))
    page.leave()

    expect(page.requests).toMatchObject([{ way: 'sendBeacon', body: JSON.stringify(payload(1, 'hidden')) }])
  })

  test('opens nothing once the page is gone, until it comes back, and then stores what was told meanwhile', async () => {
    const { page, tell, storedIds, locks } = living()
    const opened = vi.spyOn(page.indexedDB, 'open')
    const asked = vi.spyOn(locks, 'request')
    page.leave()
    await tell(pending(1))
    page.fire('freeze')
    await tell(pending(2))
    const whileGone = [opened, asked].map(({ mock }) => mock.calls.length)
    page.restore()
    await tell(pending(3))

    expect(whileGone).toEqual([0, 0])
    expect(asked).toHaveBeenCalledOnce()
    expect(await storedIds()).toEqual(['key-0'])
  })

  test('keeps all in the outbox when it gives up, and takes back what the browser has', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'))
    const { send, pass, armed, storedIds, types } = living({ fetch })
    await send(payload(0), payload(1))
    for (let tries = 0; tries < 10; tries++) await pass(250)

    expect(types()).toContain('error')
    expect(armed.size).toBe(0)
    expect(await storedIds()).toEqual(['key-0', 'key-1'])
  })
})

describe('keepingSink, while a beacon is pending,', () => {
  test('notes what is in it, under the id that it will have, and sends nothing', async () => {
    const { tell, stored, posted } = living()
    await tell(pending(1))
    await tell(pending(3))

    const [note, ...others] = await stored()
    expect(others).toEqual([])
    expect(JSON.parse(note?.body as string)).toEqual(marked(3, 0, 'recovered'))
    expect(note).toMatchObject({ id: 'key-0', reason: 'recovered', endpoint })
    expect(posted).toEqual([])
  })

  test('looks at what waits as soon as something may be stored, and not before', async () => {
    const { mayStore$, read, look, storedIds, armedIds } = living()
    await read(event, pending(1))
    expect(look).not.toHaveBeenCalled()

    mayStore$.next(0)
    await settled()
    expect(look).toHaveBeenCalledOnce()
    expect(await storedIds()).toEqual(['key-0'])
    expect(armedIds()).toEqual([])
  })

  test('notes what waits where something may be stored from the start', async () => {
    const database = fakeDatabase()
    const pending$ = new Subject<Sealed>()
    const mayStore$ = new BehaviorSubject(0)
    const look = () => pending$.next(pending(1))
    const page = fakePage({ ...database.fields })
    watch(beaconSink()(NEVER, scopeWith({ page, settings: { endpoint }, pending$, mayStore$, look })))
    await settled()

    expect(await database.stored()).toMatchObject([{ id: 'key-0' }])
  })

  test('looks again when readings come, and not else', async () => {
    const { mayStore$, read, look, pass } = living()
    mayStore$.next(0)
    await pass(60_000)
    expect(look).toHaveBeenCalledTimes(1)

    await read(event)
    expect(look).toHaveBeenCalledTimes(2)
    await read(mark)
    expect(look).toHaveBeenCalledTimes(3)
    await pass(60_000)
    expect(look).toHaveBeenCalledTimes(3)
  })

  test('keeps with the browser as well what the visitor or the page did, and what waits beside it', async () => {
    const { mayStore$, read, stored, armed } = living()
    mayStore$.next(0)
    await read(event, pending(2), pending(1, 1))

    expect([...armed].map(({ body }) => body)).toEqual((await stored()).map(({ body }) => body))
    expect([...armed].map(({ body }) => JSON.parse(body))).toEqual([
      marked(2, 0, 'recovered'),
      marked(1, 1, 'recovered'),
    ])
  })

  test('keeps all else in the outbox alone', async () => {
    const { mayStore$, read, storedIds, armedIds } = living()
    mayStore$.next(0)
    await read(event)
    await read(mark, pending(1))

    expect(await storedIds()).toEqual(['key-0'])
    expect(armedIds()).toEqual([])
  })

  test('notes it as it closes, and keeps it until it is taken', async () => {
    const { mayStore$, read, send, reply, pass, stored, storedIds, armed, posted } = living()
    const armedBodies = () => [...armed].map(({ body }) => JSON.parse(body))
    mayStore$.next(0)
    await read(event, pending(2))
    expect(armedBodies()).toEqual([marked(2, 0, 'recovered')])

    await send(marked(2))
    expect(await stored()).toMatchObject([{ id: 'key-0', reason: 'sample' }])
    expect(armedBodies()).toEqual([marked(2)])
    expect(posted).toEqual(['key-0'])

    await pass(250)
    expect(armedBodies()).toEqual([marked(2)])
    await reply()
    expect(armed.size).toBe(0)
    await pass(1000)
    expect(await storedIds()).toEqual([])
  })

  test('notes what came since when it closes with more', async () => {
    const { mayStore$, read, send, pass, stored, armed } = living()
    mayStore$.next(0)
    await read(event, pending(2))
    await send(marked(3))
    await pass(250)

    const bodies = [...(await stored()), ...armed].map(({ body }) => JSON.parse(body))
    expect(bodies).toEqual([marked(3), marked(3)])
  })

  test('takes back what is not to be sent after all', async () => {
    const { mayStore$, read, tell, pass, storedIds, armedIds } = living()
    mayStore$.next(0)
    await read(event, pending(2), pending(1, 1))
    await tell({ id: 'key-0', isOpen: true, payload: null })
    expect(armedIds()).toEqual(['key-1'])

    await pass(1000)
    expect(await storedIds()).toEqual(['key-1'])
  })

  test.for<[string, () => unknown]>([
    ['never comes', () => new Promise(() => {})],
    ['is refused', () => Promise.reject(new DOMException('not here', 'SecurityError'))],
  ])('stores nothing that is open where its lock %s, and delivers all the same', async ([, request]) => {
    const asked = vi.fn(request)
    const { tell, send, reply, storedIds, types } = living({ navigator: { locks: { request: asked } } })
    await tell(pending(1), pending(2))
    expect(await storedIds()).toEqual([])
    expect(asked).toHaveBeenCalledOnce()

    await send(payload())
    expect(await storedIds()).toEqual(['key-0'])
    await reply()
    expect(types()).toEqual(['sent'])
  })

  test('stores what is open once its lock comes', async () => {
    const { locks, tell, storedIds } = living()
    const other = viewLock(fakePage({ navigator: { locks } }), endpoint, 'key')
    const { unsubscribe } = watch(other)
    await settled()
    await tell(pending(1), pending(1, 1))
    expect(await storedIds()).toEqual([])

    unsubscribe()
    await settled()
    expect(await storedIds()).toEqual(['key-0', 'key-1'])
  })

  test('holds the lock of the view that it has open now, whatever it held before', async () => {
    const { tell, locks, storedIds } = living()
    await tell(pending(1))
    await tell({ id: 'next-0', isOpen: true, payload: { ...marked(1), beacon: { ...marked(1).beacon, id: 'next-0' } } })

    expect([...locks.held]).toEqual([`CRUM next ${endpoint}`])
    expect(await storedIds()).toEqual(['key-0', 'next-0'])
  })

  test('holds the lock of its view, until the page is left, and again for what comes then', async () => {
    const { page, tell, locks } = living()
    await tell(pending(1), pending(2))
    const held = [...locks.held]
    expect(held).toEqual([`CRUM key ${endpoint}`])

    page.leave()
    await settled()
    expect(locks.held.size).toBe(0)

    page.restore()
    await tell(pending(3))
    expect([...locks.held]).toEqual(held)
  })

  test('lets go of the lock when the page begins to go, and takes it again if it is still there a second later', async () => {
    const navigation = fakeNavigation()
    const { tell, locks, pass } = living({ navigation })
    await tell(pending(1))
    const held = [...locks.held]
    navigation.hear(navigateEvent)
    await settled()
    await tell(pending(2))
    expect(locks.held.size).toBe(0)

    await pass(1000)
    await tell(pending(3))
    expect([...locks.held]).toEqual(held)
  })
})

describe('keepingSink, of what earlier pages have left,', () => {
  const left = (id: string, reason: Reason = 'hidden') => {
    const whole = payload(0, reason)
    return envelope({ ...whole, beacon: { ...whole.beacon, id } }, endpoint)
  }
  const leaving = async (...ids: string[]) => {
    const origin = { database: fakeDatabase(), locks: fakeLocks() }
    await origin.database.put(...ids.map((id) => left(id)))
    return origin
  }

  test('sends all after the first sample of its own, and lets go of what was taken', async () => {
    const { open$, posted, reply, pass, storedIds } = living({}, await leaving('10-a-0', '20-b-0'))
    await settled()
    expect(posted).toEqual([])

    open$.next(0)
    await vi.waitFor(() => expect(posted).toEqual(['10-a-0', '20-b-0']))
    await reply()
    await reply()
    await pass(1000)
    expect(await storedIds()).toEqual([])
  })

  test('drops what can not be read, and goes on', async () => {
    const { database, locks } = await leaving('10-a-0', '20-b-0')
    const page = fakePage({ ...database.fields, navigator: { locks } })
    const asked: string[] = []
    const request = ({ id }: Envelope): Outcome[] => {
      asked.push(id)
      if (id === '10-a-0') throw TypeError('no view')
      return [{ delivery: { type: 'sent', id }, isAnswered: true }]
    }
    const sink = keepingSink(() => ({ endpoint, request }))
    const { seen } = watch(sink(NEVER, scopeWith({ page, settings: { endpoint, samplingRate: 1 }, open$: of(0) })))
    vi.advanceTimersByTime(1)
    await vi.waitFor(() => expect(asked.sort()).toEqual(['10-a-0', '20-b-0']))

    expect(seen).toContainEqual(
      expect.objectContaining({ type: 'drop', id: '10-a-0', cause: 'unreadable: TypeError: no view' }),
    )
  })

  test('delivers its own where that can not be read', async () => {
    const { open$, send, reply, pass, types, end } = living({ indexedDB: undefined })
    open$.next(0)
    await pass(10)
    await send(payload())
    await reply()

    expect(types()).toEqual(['unstored', 'sent'])
    expect(end.error).toBeUndefined()
  })

  test('leaves alone what is pending in another page', async () => {
    const origin = await leaving('10-a-0', '20-b-0')
    const other = fakePage({ navigator: { locks: origin.locks } })
    watch(viewLock(other, endpoint, '10-a'))
    await settled()
    const { open$, posted } = living({}, origin)
    open$.next(0)
    await vi.waitFor(() => expect(posted).toEqual(['20-b-0']))
    await settled()

    expect(posted).toEqual(['20-b-0'])
  })

  test('sends each by one page, however many are there', async () => {
    const origin = await leaving('10-a-0', '20-b-0', '30-c-0')
    const pages = [1, 2, 3].map(() => living({}, origin))
    for (const { open$ } of pages) open$.next(0)
    const posted = () => pages.flatMap((page) => page.posted).sort()
    await vi.waitFor(() => expect(posted()).toHaveLength(3))
    await settled()

    expect(posted()).toEqual(['10-a-0', '20-b-0', '30-c-0'])
  })

  test('is one itself when it comes back: what went by sendBeacon as it was left goes again, by fetch', async () => {
    const { page, open$, send, payload$, posted, reply, pass, storedIds } = living()
    open$.next(0)
    await pass(10)
    await send(payload(0))
    page.addEventListener('pagehide', () => payload$.next(payload(1, 'hidden')))
    page.leave()
    page.restore()
    await settled()
    await pass(5000)
    await vi.waitFor(() => expect(posted).toHaveLength(2))
    await settled()
    // the one that it still delivers does not
    expect(posted).toEqual(['key-0', 'key-1'])

    await reply()
    await reply()
    await pass(1000)
    expect(await storedIds()).toEqual([])
  })

  test('leaves its own pending beacon as it is', async () => {
    const { open$, tell, posted } = living({}, await leaving('10-a-0'))
    await tell(pending(1))
    open$.next(0)
    await vi.waitFor(() => expect(posted).toEqual(['10-a-0']))
    await settled()

    expect(posted).toEqual(['10-a-0'])
  })
})

describe('keepingSink, when it ends,', () => {
  test('waits for what is under way, and leaves nothing open', async () => {
    const living$ = living()
    const { page, payload$, mayStore$, listeners, locks, armed, read, send, reply, storedIds, types, end } = living$
    mayStore$.next(0)
    await read(event, pending(1))
    await send(marked(1), payload(1, 'stop'))
    payload$.complete()
    await reply()
    expect(end.completed).toBe(false)

    await reply()
    expect(types()).toEqual(['sent', 'sent'])
    expect(end.completed).toBe(true)
    expect(page.open()).toBe(0)
    expect(listeners()).toEqual([0, 0, 0, 0, 0])
    expect(vi.getTimerCount()).toBe(0)
    expect(locks.held.size).toBe(0)
    expect(armed.size).toBe(0)
    expect(await storedIds()).toEqual([])
  })

  test('keeps with the browser what is under way for long', async () => {
    const { payload$, send, pass, armedIds } = living()
    await send(payload(0, 'stop'))
    payload$.complete()
    await pass(250)

    expect(armedIds()).toEqual(['key-0'])
  })

  test('leaves in the outbox what still waits for a try', async () => {
    const { page, payload$, send, reply, storedIds, armed, end } = living()
    await send(payload())
    await reply(503)
    payload$.complete()
    await settled()

    expect(end.completed).toBe(true)
    expect(page.open()).toBe(0)
    expect(armed.size).toBe(0)
    expect(await storedIds()).toEqual(['key-0'])
  })

  test('takes back what the browser has, and gives back all, when unsubscribed', async () => {
    const { page, mayStore$, listeners, locks, armedIds, armed, read, send, pass, unsubscribe } = living()
    mayStore$.next(0)
    await read(event, pending(1))
    await send(payload(1))
    await pass(250)
    expect(armedIds()).toEqual(['key-0', 'key-1'])
    expect(page.open()).toBeGreaterThan(0)
    expect(listeners()).not.toContain(0)

    unsubscribe()
    await settled()
    expect(armed.size).toBe(0)
    expect(page.open()).toBe(0)
    expect(listeners()).toEqual([0, 0, 0, 0, 0])
    expect(vi.getTimerCount()).toBe(0)
    expect(locks.held.size).toBe(0)
  })
})
