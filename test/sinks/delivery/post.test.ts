import { gunzipSync } from 'node:zlib'
import { from, lastValueFrom, map, merge, mergeMap, NEVER, type Observable, of, throwError, timer } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { unloading } from '../../../src/page/unloading'
import type { Settings } from '../../../src/settings'
import { type Envelope, envelope } from '../../../src/sinks/delivery/envelope'
import type { Outcome } from '../../../src/sinks/delivery/outcome'
import { post } from '../../../src/sinks/delivery/post'
import { answer } from '../../helpers/answer'
import { inVirtualTime, marbles } from '../../helpers/marbles'
import { type FakePage, fakePage } from '../../helpers/page'
import { enveloped, payload } from '../../helpers/readings'
import { fakeNotes, scopeWith } from '../../helpers/scope'
import { settled } from '../../helpers/settled'
import { watch } from '../../helpers/watch'

const endpoint = 'https://rum.test/rum'
const report = { id: 'key-0', seq: 0, reason: 'sample', bytes: 1 }
/** All that browsers let another origin have without asking it first. */
const asText = { 'content-type': 'text/plain;charset=UTF-8' }
const sending = (page: FakePage, given: Partial<Settings> = {}, notes = fakeNotes()) => {
  const send = post(scopeWith({ page, settings: { endpoint, ...given }, notes }))
  return (one: Envelope): Observable<Outcome> => from(send(one))
}

/** Whatever `from` takes may stand for a promise, which knows no virtual time. */
const answering = (...answers: unknown[]) => fakePage({ fetch: () => answers.shift() ?? NEVER })

/** An envelope with `count` marks of `bytes` each. */
const long = (count: number, bytes: number) => {
  const marks = Array.from({ length: count }, () => ({ name: 'x'.repeat(bytes), startTime: 0, detail: null }))
  return envelope(payload(0, 'entries', { view: { marks } }), endpoint)
}

/** What becomes of an envelope, some ms after the epoch. */
const outcomeOf = (page: FakePage, make = () => enveloped(), at = 0) =>
  inVirtualTime(({ flush }) => {
    const { seen, end } = watch(timer(at).pipe(mergeMap(() => sending(page)(make()))))
    flush()
    expect(end.completed).toBe(true)
    expect(seen).toHaveLength(1)
    return seen[0] as Outcome
  })

const outcomeOfAnswer = (status: number, headers = {}, make = () => enveloped()) =>
  outcomeOf(answering(of(answer(status, headers))), make)

describe('post', () => {
  test('asks by the fetch that was there when it came', () => {
    const page = fakePage()
    const send = sending(page)
    const later: unknown[] = []
    page.fetch = ((...given: unknown[]) => later.push(given)) as never
    watch(send(enveloped()))

    expect(later).toEqual([])
    expect(page.requests).toHaveLength(1)
  })

  test('asks nothing for what is too large, and gives halves in its place', () => {
    const page = fakePage()
    const { seen } = watch(sending(page)(long(2, 40_000)))

    expect(page.requests).toEqual([])
    expect(seen).toMatchObject([
      { delivery: { type: 'retry', id: 'key-0', cause: 'size' }, instead: [{ id: 'key-0' }, { id: 'key-0.1' }] },
    ])
  })

  test('sends what is too large and can not be halved', () => {
    const page = fakePage()
    watch(sending(page)(long(1, 80_000)))

    expect(page.requests).toHaveLength(1)
  })

  marbles('tells the answer when it comes', ({ cold, expectObservable, expectSubscriptions }) => {
    const answer$ = cold('--(a|)', { a: answer(204) })
    const subs = '        ^-!   '
    // patience           10 s  |
    const expected = '    --(o|)'

    expectObservable(sending(answering(answer$))(enveloped())).toBe(expected, {
      o: { delivery: { ...report, type: 'sent', way: 'fetch', status: 204 }, isAnswered: true },
    })
    expectSubscriptions(answer$.subscriptions).toBe(subs)
  })

  marbles('is to be tried again where the network fails', ({ cold, expectObservable }) => {
    const error$ = cold('--#   ', {}, new TypeError('Failed to fetch'))
    // patience          10 s  |
    const expected = '   --(o|)'
    const cause = 'TypeError: Failed to fetch'

    expectObservable(sending(answering(error$))(enveloped())).toBe(expected, {
      o: { delivery: { ...report, type: 'retry', way: 'fetch', cause }, isAnswered: false, retryIn: 0 },
    })
  })

  marbles('gives a request up that has no answer after 10 s', ({ cold, expectObservable, expectSubscriptions }) => {
    const answer$ = cold('-           ')
    const subs = '        ^ 9999ms !  '
    // patience           10 s     |
    const expected = '    10s     (o|)'
    const signals: (AbortSignal | null | undefined)[] = []
    const fetch = (_url: string, { signal }: RequestInit) => {
      signals.push(signal)
      return answer$
    }
    const aborted$ = merge(timer(9_999), timer(10_001)).pipe(
      mergeMap(() => signals),
      map((signal) => signal?.aborted),
    )

    expectObservable(sending(fakePage({ fetch }))(enveloped())).toBe(expected, {
      o: { delivery: { ...report, type: 'retry', way: 'fetch', cause: 'timeout' }, isAnswered: false, retryIn: 0 },
    })
    expectObservable(aborted$).toBe('9999ms n-(y|)', { n: false, y: true })
    expectSubscriptions(answer$.subscriptions).toBe(subs)
  })

  marbles('lets go of its clock when unsubscribed', ({ cold, expectObservable, expectSubscriptions }) => {
    const answer$ = cold('-----')
    const subs = '        ^--! '
    const unsub = '       ---! '
    const expected = '    -----'

    expectObservable(sending(answering(answer$))(enveloped()), unsub).toBe(expected)
    expectSubscriptions(answer$.subscriptions).toBe(subs)
  })

  test.for([200, 204, 299])('counts a %i as delivered', (status) => {
    const { delivery, isAnswered, retryIn, instead } = outcomeOfAnswer(status)

    expect(delivery).toMatchObject({ type: 'sent', way: 'fetch', status })
    expect({ isAnswered, retryIn, instead }).toEqual({ isAnswered: true, retryIn: undefined, instead: undefined })
  })

  test.for([300, 302, 304, 408, 429, 500, 503, 599])('is to be tried again after a %i', (status) => {
    const { delivery, isAnswered, retryIn } = outcomeOfAnswer(status)

    expect(delivery).toMatchObject({ type: 'retry', way: 'fetch', status })
    expect({ isAnswered, retryIn }).toEqual({ isAnswered: true, retryIn: 0 })
  })

  test.for([400, 401, 403, 404, 410, 413, 422])('drops what is refused by a %i', (status) => {
    const { delivery, isAnswered, retryIn, instead } = outcomeOfAnswer(status, {}, () => long(1, 10))

    expect(delivery).toMatchObject({ type: 'drop', way: 'fetch', status, cause: `${status}` })
    expect({ isAnswered, retryIn, instead }).toEqual({ isAnswered: true, retryIn: undefined, instead: [] })
  })

  test('sends halves instead of what is too large for the receiver', () => {
    const { delivery, isAnswered, instead = [] } = outcomeOfAnswer(413, {}, () => long(5, 10))

    expect(delivery).toMatchObject({ id: 'key-0', type: 'retry', status: 413 })
    expect(isAnswered).toBe(true)
    expect(instead.map(({ body }) => JSON.parse(body).view.marks.length)).toEqual([2, 3])
  })

  test.for<[string, number]>([
    ['7', 7_000],
    ['0.5', 500],
    ['Thu, 01 Jan 1970 00:00:30 GMT', 10_000],
    // passed, or nonsense: whenever the caller likes
    ['Thu, 01 Jan 1970 00:00:10 GMT', 0],
    ['-1', 0],
    ['soon', 0],
    ['', 0],
    // an hour at most: a timer of more than 31 bits would fire at once
    ['9999999', 3_600_000],
    ['Thu, 01 Jan 2170 00:00:00 GMT', 3_600_000],
  ])('takes from Retry-After: %s, 20 s after the epoch, a pause of %i ms', ([header, expected]) => {
    const page = answering(of(answer(503, { 'retry-after': header })))

    expect(outcomeOf(page, () => enveloped(), 20_000).retryIn).toBe(expected)
  })

  test.for<[string, Record<string, unknown>, boolean]>([
    ['expects no answer where the browser is offline', { onLine: false }, true],
    ['misses the answer where it is online', { onLine: true }, false],
    ['misses the answer where nobody knows', {}, false],
  ])('%s', ([, navigator, isAnswered]) => {
    const fetch = () => throwError(() => new TypeError('Failed to fetch'))

    expect(outcomeOf(fakePage({ fetch, navigator }))).toMatchObject({ isAnswered, retryIn: 0 })
  })

  describe('whose answer has a body', () => {
    const endless = () => new ReadableStream<Uint8Array>({ pull: () => new Promise<void>(() => {}) })
    const ended = () => new Response('{"ok":true}').body as ReadableStream<Uint8Array>
    /** Which requests were to outlive the page, and which were broken off, for bodies that come one after the other. */
    const inTurn = async (...bodies: unknown[]) => {
      const inits: RequestInit[] = []
      const fetch = (_url: string, init: RequestInit) => {
        inits.push(init)
        return of({ ...answer(), body: bodies.shift() })
      }
      const send = sending(fakePage({ fetch }))
      vi.useFakeTimers()
      const seen = []
      for (let left = bodies.length; left > 0; left--) {
        seen.push(...watch(send(enveloped())).seen)
        await vi.advanceTimersByTimeAsync(1001)
      }
      vi.useRealTimers()
      expect(seen.map(({ delivery }) => delivery.type)).toEqual(inits.map(() => 'sent'))
      return inits.map(({ keepalive, signal }) => [keepalive, signal?.aborted])
    }

    test('lets requests outlive the page as long as answers end', async () => {
      const inits = await inTurn(ended(), ended(), null, undefined, {})

      expect(inits).toEqual(Array.from({ length: 5 }, () => [true, false]))
    })

    test('breaks off what does not end, at once from the second one on, and lets none outlive the page', async () => {
      expect(await inTurn(endless(), endless(), ended())).toEqual([
        [true, true],
        [false, true],
        [false, true],
      ])
    })

    test('breaks off the answer of somebody else, which does not end', async () => {
      const signals: (AbortSignal | null | undefined)[] = []
      const stray = { ...answer(200), url: 'https://login.test/', body: endless() }
      const fetch = (_url: string, { signal }: RequestInit) => {
        signals.push(signal)
        return of(stray)
      }
      vi.useFakeTimers()
      const { seen } = watch(sending(fakePage({ fetch }))(enveloped()))
      await vi.advanceTimersByTimeAsync(1001)
      vi.useRealTimers()

      expect(seen.map(({ delivery }) => delivery)).toMatchObject([
        { type: 'retry', cause: '200 from https://login.test/' },
      ])
      expect(signals.map((signal) => signal?.aborted)).toEqual([true])
    })

    test('leaves an answer to who reads it already, and learns nothing of it', async () => {
      const taken = endless()
      taken.getReader()

      expect(await inTurn(taken, ended(), null)).toEqual([
        [true, false],
        [false, false],
        [true, false],
      ])
    })
  })

  test('tries again where the answer is not the receiver, and asks where the endpoint has redirected to', () => {
    const elsewhere = 'https://rum.test/offline.html'
    const asked: string[] = []
    const answers = [
      { ...answer(), url: elsewhere },
      { ...answer(404), url: `${endpoint}/`, redirected: true },
      { ...answer(0), url: endpoint, type: 'opaqueredirect' },
      { ...answer(), url: `${endpoint}/` },
    ]
    const page = fakePage({
      fetch: (url: string, { redirect }: RequestInit) => [answers[asked.push(`${redirect} ${url}`) - 1]],
    })
    const send = sending(page)
    const outcomes = answers.flatMap(() => watch(send(enveloped())).seen)

    expect(outcomes).toMatchObject([
      { delivery: { type: 'retry', cause: `204 from ${elsewhere}` }, retryIn: 0 },
      { delivery: { type: 'retry', cause: `moved to ${endpoint}/` }, instead: [{ id: 'key-0' }] },
      { delivery: { type: 'retry', cause: `moved to ${endpoint}/` }, instead: [{ id: 'key-0' }] },
      { delivery: { type: 'sent' } },
    ])
    expect(asked).toEqual([`follow ${endpoint}`, `follow ${endpoint}`, `manual ${endpoint}`, `follow ${endpoint}/`])
  })

  test('goes on where fetch throws', () => {
    const page = fakePage({
      fetch: () => {
        throw new TypeError('broken by a script of the page')
      },
    })

    expect(outcomeOf(page)).toMatchObject({ delivery: { type: 'retry' }, retryIn: 0 })
  })

  test('posts a text, which needs no preflight, to the endpoint of the envelope', () => {
    const page = fakePage()
    watch(sending(page)(enveloped('key-0', { body: '{}', endpoint: 'https://other.test/' })))

    expect(page.requests).toMatchObject([
      { way: 'fetch', url: 'https://other.test/', body: '{}', init: { method: 'POST', keepalive: true } },
    ])
    expect(page.requests[0]?.init?.headers).toEqual(asText)
  })

  test('tries what is large and can not be halved', () => {
    const page = answering(of(answer()))

    expect(outcomeOf(page, () => long(1, 60_000))).toMatchObject({ delivery: { type: 'sent' } })
  })

  test('drops what is older than a week, without a request', () => {
    const page = fakePage()
    const now = 18e11
    const old = () => enveloped('key-0', { time: now - 7 * 24 * 60 * 60 * 1000 - 1 })

    expect(outcomeOf(page, old, now)).toEqual({ delivery: { ...report, type: 'drop', cause: 'old' } })
    expect(page.requests).toEqual([])
  })
})

describe('post, out of one budget for what may outlive the page,', () => {
  const keepalives = ({ requests }: FakePage) => requests.map(({ init }) => init?.keepalive)
  const sized = (bytes: number) => enveloped('key-0', { bytes })

  test('goes without keepalive from 32 KiB in flight on: the page has its own', () => {
    const page = fakePage()
    const send = sending(page)
    for (const bytes of [12_000, 20_767, 1, 100]) watch(send(sized(bytes)))

    expect(keepalives(page)).toEqual([true, true, false, false])
  })

  test('goes without keepalive, which outlives its being given up, until there is an answer again', () => {
    const answers = [throwError(() => 'no network'), of(answer(503)), of(answer())]
    const keepalive: unknown[] = []
    const page = fakePage({
      fetch: (_url: string, init: RequestInit) => {
        keepalive.push(init.keepalive)
        return answers.shift()
      },
    })
    const send = sending(page)
    for (let times = 0; times < 3; times++) watch(send(sized(1)))

    expect(keepalive).toEqual([true, false, true])
  })

  test('gives back what was answered, or is not waited for any more', async () => {
    const ends = [
      (send: ReturnType<typeof sending>) => watch(send(sized(25_000))),
      (send: ReturnType<typeof sending>) => watch(send(sized(25_000))).unsubscribe(),
    ]
    for (const end of ends) {
      const page = fakePage()
      const send = sending(page)
      end(send)
      await settled()
      watch(send(sized(25_000)))

      expect(keepalives(page)).toEqual([true, true])
    }
  })
})

describe('post, while the page is told that it ends,', () => {
  /** Posts when it hears `type`, as the beacon does. */
  const at = (type: string, page: FakePage, one = enveloped('key-0', { reason: 'hidden' })) => {
    const seen: Outcome[][] = []
    const send = sending(page)
    watch(unloading(page))
    const target = type === 'pagehide' ? page : page.document
    target.addEventListener(type, () => seen.push(watch(send(one)).seen))
    type === 'pagehide' ? page.leave() : page.hide()
    return seen
  }

  test('hands over to sendBeacon, which gives no answer', () => {
    const page = fakePage()

    expect(at('pagehide', page)).toEqual([
      [{ delivery: { ...report, reason: 'hidden', type: 'sent', way: 'sendBeacon' } }],
    ])
    expect(page.requests).toEqual([{ way: 'sendBeacon', url: endpoint, body: '1' }])
  })

  test.for<[string, unknown]>([
    ['refuses', () => false],
    [
      'throws',
      () => {
        throw new TypeError('bad URL')
      },
    ],
  ])('fetches with keepalive where sendBeacon %s', ([, sendBeacon]) => {
    const page = fakePage({ navigator: { sendBeacon } })
    at('pagehide', page)

    expect(page.requests).toMatchObject([{ way: 'fetch', init: { keepalive: true } }])
  })

  test('fetches without keepalive where sendBeacon refuses what is too much for both', () => {
    const sendBeacon = vi.fn().mockReturnValueOnce(true).mockReturnValue(false)
    const page = fakePage({ navigator: { sendBeacon } })
    const send = sending(page)
    watch(unloading(page))
    page.addEventListener('pagehide', () => {
      for (const one of [40_000, 10].map((bytes) => enveloped('key-0', { bytes }))) watch(send(one))
    })
    page.leave()

    expect(page.requests).toMatchObject([{ way: 'fetch', init: { keepalive: false } }])
  })

  test('has its room for keepalive again when the page has come back', () => {
    const sendBeacon = vi.fn().mockReturnValueOnce(true).mockReturnValue(false)
    const page = fakePage({ navigator: { sendBeacon } })
    const send = sending(page)
    const tell = (bytes: number) => watch(send(enveloped('key-0', { bytes })))
    watch(unloading(page))
    page.fire('pagehide')
    tell(40_000)
    page.restore()
    tell(10)
    page.fire('pagehide')
    tell(10)

    expect(page.requests).toMatchObject([{ init: { keepalive: true } }, { init: { keepalive: true } }])
  })

  test('fetches with keepalive where there is no sendBeacon', () => {
    const page = fakePage()
    Reflect.deleteProperty(page.navigator, 'sendBeacon')
    at('pagehide', page)

    expect(page.requests).toMatchObject([{ way: 'fetch', init: { keepalive: true } }])
  })

  test('asks for an answer when it is only hidden', () => {
    const page = fakePage()
    at('visibilitychange', page)

    expect(page.requests).toMatchObject([{ way: 'fetch', init: { keepalive: true } }])
  })

  test('asks for an answer to what an earlier page said last', () => {
    const page = fakePage()
    watch(sending(page)(enveloped('key-0', { reason: 'hidden' })))

    expect(page.requests).toMatchObject([{ way: 'fetch' }])
  })
})

describe('post, where the endpoint takes gzip,', () => {
  const accepts = { 'accept-encoding': 'br, gzip' }
  const large = long(1, 3000)

  /** The requests for one after the other, whose answers have these headers. */
  const inTurn = async (envelopes: Envelope[], headers: object = accepts, given = {}, notes = fakeNotes()) => {
    const requests: { url: string; init: RequestInit }[] = []
    const fetch = async (url: string, init: RequestInit) => {
      requests.push({ url, init })
      return answer(204, { ...headers })
    }
    const send = sending(fakePage({ fetch, CompressionStream }), given, notes)
    for (const one of envelopes) await lastValueFrom(send(one))
    return requests
  }
  type Posted = Awaited<ReturnType<typeof inTurn>>[number]
  const isZipped = ({ url, init }: Posted) => url === `${endpoint}?encoding=gzip` && typeof init.body !== 'string'
  const isPlain = ({ url, init }: Posted) => url === endpoint && typeof init.body === 'string'

  test('compresses what is large, after the first answer that says so', async () => {
    const [first, second] = (await inTurn([large, large])) as [Posted, Posted]

    expect(isPlain(first)).toBe(true)
    expect(isZipped(second)).toBe(true)
    const zipped = await new Response(second.init.body).arrayBuffer()
    expect(gunzipSync(zipped).toString()).toBe(large.body)
    expect(zipped.byteLength).toBeLessThan(large.bytes)
  })

  test('says so in the query alone: a header would need a preflight', async () => {
    const [, second] = await inTurn([large, large])

    expect(second?.init.headers).toEqual(asText)
  })

  test('remembers it for the next pages of the visitor, for this endpoint alone', async () => {
    const notes = fakeNotes()
    await inTurn([long(1, 100)], accepts, {}, notes)
    const [next] = (await inTurn([large], {}, {}, notes)) as [Posted]
    const [elsewhere] = (await inTurn([large], {}, { endpoint: 'https://other.test/rum' }, notes)) as [Posted]

    expect(isZipped(next)).toBe(true)
    expect(isPlain(elsewhere)).toBe(true)
  })

  test('compresses from the first one on where it is set to, whatever the endpoint says', async () => {
    const sent = await inTurn([large, large], {}, { compress: true })

    expect(sent.map(isZipped)).toEqual([true, true])
  })

  test('compresses what has more than 2,000 bytes', async () => {
    const sent = await inTurn(
      [2000, 2001].map((bytes) => ({ ...large, bytes })),
      {},
      { compress: true },
    )

    expect(sent.map(isZipped)).toEqual([false, true])
  })

  test.for<Partial<Settings>>([{ compress: 'auto' }, { compress: true }])(
    'leaves small ones as they are, and the last one of a page, which can not wait, with %o',
    async (given) => {
      const [, ...sent] = await inTurn([large, long(1, 100), { ...large, reason: 'hidden' }], accepts, given)

      expect(sent.map(isPlain)).toEqual([true, true])
    },
  )

  test.for<[string, object, object]>([
    ['was never told so', {}, {}],
    ['was told of other encodings', { 'accept-encoding': 'br' }, {}],
    ['is set not to', accepts, { compress: 'no' }],
  ])('compresses nothing where it %s', async ([, headers, given]) => {
    const sent = await inTurn([large, large], headers, given)

    expect(sent.map(isPlain)).toEqual([true, true])
  })

  test.for<Partial<Settings>>([{ compress: 'auto' }, { compress: true }])(
    'compresses nothing where the browser can not, with %o',
    (given) => {
      const bodies: unknown[] = []
      const fetch = (_url: string, { body }: RequestInit) => {
        bodies.push(body)
        return of(answer(204, accepts))
      }
      const page = fakePage({ fetch })
      const send = sending(page, given)
      const outcomes = [watch(send(large)), watch(send(large))].map(({ seen }) => seen[0]?.delivery.type)

      expect('CompressionStream' in page).toBe(false)
      expect(outcomes).toEqual(['sent', 'sent'])
      expect(bodies).toEqual([large.body, large.body])
    },
  )

  describe('and refuses a compressed body,', () => {
    /** What becomes of a body that the endpoint answers so, and is known to take gzip. */
    const refused = async (status: number, { headers = {}, one = large, ...given }: Refusal = {}) => {
      const notes = fakeNotes()
      notes.remember('gzip', endpoint)
      const requests: Posted[] = []
      const fetch = async (url: string, init: RequestInit) => {
        requests.push({ url, init })
        return requests[1] ? answer() : answer(status, headers)
      }
      const send = sending(fakePage({ fetch, CompressionStream }), given, notes)
      const outcome = await lastValueFrom(send(one))
      return { requests, notes, send, outcome, takesGzip: () => notes.recall('gzip') === endpoint }
    }
    type Refusal = Partial<Settings> & { headers?: Record<string, string>; one?: Envelope }

    test.for([400, 401, 404, 415, 422])(
      'sends the same again as it is, and no other compressed: %i',
      async (status) => {
        const { requests, send, outcome, takesGzip } = await refused(status)
        expect(requests.map(isZipped)).toEqual([true])
        expect(outcome).toEqual({
          delivery: { ...report, bytes: large.bytes, reason: 'entries', type: 'retry', way: 'fetch', status },
          ...{ isAnswered: true, instead: [large] },
        })
        expect(takesGzip()).toBe(false)

        for (const one of outcome.instead ?? []) expect((await lastValueFrom(send(one))).delivery.type).toBe('sent')
        await lastValueFrom(send(large))
        expect(requests.slice(1).map(isPlain)).toEqual([true, true])
        expect(requests[1]?.init.body).toBe(large.body)
      },
    )

    test('believes the refusal more than what comes with it', async () => {
      const { outcome, notes } = await refused(415, { headers: accepts })

      expect(outcome.instead).toEqual([large])
      expect(notes.recall('gzip')).toBe('')
    })

    test.for([408, 429, 500, 503])(
      'tries it again as it is, and compresses others, where it is only busy: %i',
      async (status) => {
        const { requests, send, outcome, takesGzip } = await refused(status, { headers: accepts })
        expect(outcome).toMatchObject({ delivery: { type: 'retry', status }, retryIn: 0 })
        expect(outcome.instead).toBeUndefined()
        expect(takesGzip()).toBe(true)

        await lastValueFrom(send({ ...large }))
        await lastValueFrom(send(large))
        expect([requests.map(isZipped), requests.map(isPlain)]).toEqual([
          [true, true, false],
          [false, false, true],
        ])
      },
    )

    test('compresses no other either where it is busy and says no more that it takes gzip', async () => {
      const { requests, send, takesGzip } = await refused(500)
      expect(takesGzip()).toBe(false)

      await lastValueFrom(send({ ...large }))
      expect(requests.map(isPlain)).toEqual([false, true])
    })

    test('tries it again compressed where it is set to', async () => {
      const { requests, send } = await refused(500, { compress: true })
      await lastValueFrom(send(large))

      expect(requests.map(isZipped)).toEqual([true, true])
    })

    test('sends halves where it is too large, compressed as well', async () => {
      const { requests, send, outcome } = await refused(413, { headers: accepts, one: long(2, 3000) })
      expect(outcome.delivery).toMatchObject({ type: 'retry', status: 413 })
      expect(outcome.instead?.map(({ id }) => id)).toEqual(['key-0', 'key-0.1'])

      await lastValueFrom(send(outcome.instead?.[0] as Envelope))
      expect(requests.map(isZipped)).toEqual([true, true])
    })

    test('drops it where it is set to compress', async () => {
      const { outcome } = await refused(415, { compress: true })

      expect(outcome).toMatchObject({ delivery: { type: 'drop', cause: '415' }, instead: [] })
    })

    test('drops what went as it is, and compresses others all the same', async () => {
      const { requests, outcome, takesGzip } = await refused(400, { headers: accepts, one: long(1, 100) })

      expect(requests.map(isPlain)).toEqual([true])
      expect(outcome).toMatchObject({ delivery: { type: 'drop', cause: '400' }, instead: [] })
      expect(takesGzip()).toBe(true)
    })
  })

  describe('and does so no more,', () => {
    /** Requests of a page whose visitor has the note, answered one after the other; the last answer stands for further ones. */
    const noted = (...answers: unknown[]) => {
      const notes = fakeNotes()
      notes.remember('gzip', endpoint)
      const requests: Posted[] = []
      const fetch = async (url: string, init: RequestInit) => {
        const given = answers[requests.push({ url, init }) - 1] ?? answers.at(-1)
        if (given instanceof Error) throw given
        return given
      }
      const send = sending(fakePage({ fetch, CompressionStream }), {}, notes)
      const outcomeOf = (one: Envelope) => lastValueFrom(send(one))
      return { requests, outcomeOf, note: () => notes.recall('gzip') }
    }

    test('sends again as it is what was compressed: a receiver may store what it can not read', async () => {
      const { requests, outcomeOf, note } = noted(answer(200))
      const outcome = await outcomeOf(large)
      expect(outcome).toMatchObject({ delivery: { type: 'retry', cause: 'gzip', status: 200 }, instead: [large] })
      expect([outcome.isAnswered, note()]).toEqual([true, ''])

      expect((await outcomeOf(large)).delivery.type).toBe('sent')
      expect(requests.map(isZipped)).toEqual([true, false])
    })

    test('forgets it by the answer to a small body, too', async () => {
      const { requests, outcomeOf, note } = noted(answer(200))
      await outcomeOf(long(1, 100))
      expect(note()).toBe('')

      expect((await outcomeOf(large)).delivery.type).toBe('sent')
      expect(requests.map(isPlain)).toEqual([true, true])
    })

    test('compresses nothing for where it has moved, before that says so itself', async () => {
      const [to, moved] = [`${endpoint}/`, 'retry']
      const elsewhere = { ...answer(200, accepts), url: to, redirected: true }
      const { requests, outcomeOf } = noted(elsewhere, elsewhere, { ...answer(200, accepts), url: to })
      const types = []
      for (const one of [large, large, large, { ...large }]) types.push((await outcomeOf(one)).delivery.type)

      expect(types).toEqual([moved, moved, 'sent', 'sent'])
      expect(requests.map(({ url }) => url)).toEqual([`${endpoint}?encoding=gzip`, endpoint, to, `${to}?encoding=gzip`])
    })

    test.for([
      ['does not come', new TypeError('Failed to fetch')],
      ['comes from elsewhere', { ...answer(200), url: 'https://rum.test/offline.html' }],
    ])('keeps the note where an answer %s, and tries the same as it is', async ([, given]) => {
      const { requests, outcomeOf, note } = noted(given, answer(200, accepts))
      expect(await outcomeOf(large)).toMatchObject({ delivery: { type: 'retry' }, retryIn: 0 })
      expect(note()).toBe(endpoint)

      await outcomeOf(large)
      await outcomeOf({ ...large })
      expect(requests.map(isZipped)).toEqual([true, false, true])
    })

    test('leaves the note of another endpoint, and stores none of its own', async () => {
      const written = new Map([['gzip', 'https://other.test/rum']])
      await inTurn([large], {}, {}, fakeNotes(written))
      expect([...written]).toEqual([['gzip', 'https://other.test/rum']])

      written.clear()
      await inTurn([large], {}, {}, fakeNotes(written))
      expect([...written]).toEqual([])
    })
  })

  test('sends nothing, and gives back its budget, when unsubscribed while it is compressed', async () => {
    const page = fakePage({ CompressionStream })
    const send = sending(page, { compress: true })
    const sized = (bytes: number) => ({ ...large, bytes })
    watch(send(sized(30_000))).unsubscribe()
    // the next one takes as long
    await lastValueFrom(send(sized(30_000)))

    expect(page.requests).toMatchObject([{ url: `${endpoint}?encoding=gzip`, init: { keepalive: true } }])
  })

  test('tells the size of the body as it was before', async () => {
    const page = fakePage({ fetch: async () => answer(204, accepts), CompressionStream })
    const send = sending(page)
    const sizes: unknown[] = []
    for (const one of [large, large]) sizes.push((await lastValueFrom(send(one))).delivery.bytes)

    expect(sizes).toEqual([large.bytes, large.bytes])
  })
})
