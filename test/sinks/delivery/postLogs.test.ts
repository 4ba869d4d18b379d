import { gunzipSync } from 'node:zlib'
import { from, lastValueFrom, NEVER, of, throwError } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { toLogs } from '../../../src/otlp/toLogs'
import { unloading } from '../../../src/page/unloading'
import type { Settings } from '../../../src/settings'
import { type Envelope, envelope } from '../../../src/sinks/delivery/envelope'
import type { Outcome } from '../../../src/sinks/delivery/outcome'
import { type LogsEndpoint, logsInit, postLogs } from '../../../src/sinks/delivery/postLogs'
import { answer } from '../../helpers/answer'
import { inVirtualTime, marbles } from '../../helpers/marbles'
import { type FakePage, fakePage, type Overrides } from '../../helpers/page'
import { type Parts, payloadWith } from '../../helpers/payload'
import { scopeWith } from '../../helpers/scope'
import { settled } from '../../helpers/settled'
import { watch } from '../../helpers/watch'

const endpoint = 'https://collector.test/v1/logs'
const enveloped = (parts: Parts = {}): Envelope => envelope(payloadWith(parts), endpoint)
const marks = (count: number, bytes = 100) =>
  Array.from({ length: count }, () => ({ name: 'x'.repeat(bytes), startTime: 0, detail: null }))

/** An envelope whose log records have exactly so many bytes. */
const sized = (bytes: number): Envelope => {
  const withName = (length: number) => enveloped({ view: { marks: marks(1, length) } })
  return withName(bytes + 1 - logsInit({ endpoint })(withName(1)).body.length)
}

/** An answer with a body. Whatever `from` takes may stand for a promise, which knows no virtual time. */
const answered = (status: number, body: object | string = {}, headers: Record<string, string> = {}) =>
  of({ ...answer(status, headers), text: () => [typeof body === 'string' ? body : JSON.stringify(body)] })

const asked = (given: Overrides = {}, answer: unknown = answered(200)) => {
  const requests: [url: string, init: RequestInit][] = []
  const fetch = (url: string, init: RequestInit) => {
    requests.push([url, init])
    return answer
  }
  return { requests, page: fakePage({ fetch, ...given }) }
}
const sending = (page: FakePage, to: Partial<LogsEndpoint> = {}, settings: Partial<Settings> = {}) => {
  const send = postLogs(scopeWith({ page, settings }), { endpoint, ...to })
  return (one: Envelope) => from(send(one))
}
const outcomeOf = (answer: unknown, one = () => enveloped()) =>
  inVirtualTime(({ flush }): Outcome => {
    const { seen } = watch(sending(asked({}, answer).page)(one()))
    flush()
    expect(seen).toHaveLength(1)
    return seen[0] as Outcome
  })

describe('postLogs', () => {
  test('posts a payload as log records, as JSON, with the headers that are given', () => {
    const { page, requests } = asked()
    watch(sending(page, { headers: { authorization: 'a' }, resource: { 'service.name': 'shop' } })(enveloped()))
    const [[url, init] = ['', {} as RequestInit]] = requests

    expect([url, init.method, init.keepalive]).toEqual([endpoint, 'POST', true])
    expect(init.headers).toEqual({ authorization: 'a', 'content-type': 'application/json' })
    expect(JSON.parse(String(init.body))).toEqual(toLogs([payloadWith()], { resource: { 'service.name': 'shop' } }))
  })

  test.for([
    ['no body', '', {}],
    ['an empty object', {}, {}],
    ['an empty partial success', { partialSuccess: {} }, { rejected: 0 }],
    [
      'some records rejected',
      { partialSuccess: { rejectedLogRecords: '2', errorMessage: 'too old' } },
      { rejected: 2, cause: 'too old' },
    ],
    ['a warning', { partialSuccess: { errorMessage: 'slow down' } }, { rejected: 0, cause: 'slow down' }],
  ] as const)('has sent what is answered with %s, and does not try it again', ([, body, more]) => {
    const { delivery, retryIn, instead } = outcomeOf(answered(200, body))

    expect(delivery).toMatchObject({ type: 'sent', way: 'fetch', status: 200, ...more })
    expect([retryIn, instead]).toEqual([undefined, undefined])
  })

  test.for([300, 302, 304, 429, 502, 503, 504])('tries again after a %i, when the endpoint says', (status) => {
    expect(outcomeOf(answered(status, '', { 'retry-after': '7' }))).toMatchObject({
      ...{ delivery: { type: 'retry', status }, retryIn: 7000, isAnswered: true },
    })
    expect(outcomeOf(answered(status))).toMatchObject({ retryIn: 0 })
  })

  test.for([400, 401, 404, 408, 415, 500, 501])('drops what is answered by %i, as OTLP says', (status) => {
    const { delivery, retryIn } = outcomeOf(answered(status))

    expect(delivery).toMatchObject({ type: 'drop', cause: `${status}` })
    expect(retryIn).toBeUndefined()
  })

  test('halves what is too large for the endpoint', () => {
    const outcome = outcomeOf(answered(413), () => enveloped({ view: { marks: marks(4) } }))

    expect(outcome.instead).toHaveLength(2)
    expect(outcomeOf(answered(413))).toMatchObject({ delivery: { type: 'drop', cause: '413' } })
  })

  test('asks nothing for what is too large, and gives halves in its place', () => {
    const { page, requests } = asked()
    const { seen } = watch(sending(page)(enveloped({ view: { marks: marks(2, 40_000) } })))

    expect(requests).toEqual([])
    expect(seen).toMatchObject([{ delivery: { type: 'retry', cause: 'size' } }])
    expect(seen[0]?.instead).toHaveLength(2)
  })

  test('tries again where the network fails', () => {
    expect(outcomeOf(throwError(() => new TypeError('Failed to fetch')))).toMatchObject({
      ...{ delivery: { type: 'retry', cause: 'TypeError: Failed to fetch' }, isAnswered: false, retryIn: 0 },
    })
  })

  test.for<[string, unknown]>([
    ['no answer', NEVER],
    ['an answer that does not end', of({ ...answer(200), text: () => NEVER })],
  ])('gives up after 10 s, and lets go, where there is %s', ([, answer]) => {
    inVirtualTime(({ flush }) => {
      const { page, requests } = asked({}, answer)
      const { seen } = watch(sending(page)(enveloped()))
      flush()

      expect(seen).toMatchObject([{ delivery: { type: 'retry', cause: 'timeout' } }])
      expect(requests[0]?.[1].signal?.aborted).toBe(true)
    })
  })

  test.for<[string, object]>([
    ['never ends', { getReader: () => ({ read: () => new Promise(() => {}) }) }],
    [
      'somebody else reads',
      {
        getReader: () => {
          throw new TypeError('locked')
        },
      },
    ],
  ])('goes by the status of an answer that %s', ([, body]) => {
    const text = () => throwError(() => new TypeError('body stream already read'))

    expect(outcomeOf(of({ ...answer(200), body, text }))).toMatchObject({
      ...{ delivery: { type: 'sent', status: 200 }, isAnswered: true },
    })
    expect(outcomeOf(of({ ...answer(503), body, text }))).toMatchObject({ delivery: { type: 'retry', status: 503 } })
  })

  test('lets go of an answer that never ends', () => {
    inVirtualTime(({ flush }) => {
      const body = { getReader: () => ({ read: () => new Promise(() => {}) }) }
      const { page, requests } = asked({}, of({ ...answer(200), body }))
      watch(sending(page)(enveloped()))
      flush()

      expect(requests[0]?.[1].signal?.aborted).toBe(true)
    })
  })

  marbles('emits when the answer has ended', ({ cold, expectObservable }) => {
    const text$ = cold('  --(a|)', { a: '' })
    const answer$ = cold('-(a|) ', { a: { ...answer(200), text: () => text$ } })
    const expected = '    ---(o|)'

    expectObservable(sending(asked({}, answer$).page)(enveloped())).toBe(expected, {
      o: expect.objectContaining({ isAnswered: true }),
    })
  })

  test('goes by keepalive where the page ends, and waits for no answer', () => {
    const { page, requests } = asked({}, Promise.reject(new Error('gone')))
    watch(unloading(page))
    page.fire('pagehide')
    const { seen, end } = watch(sending(page)(enveloped()))

    expect(requests).toMatchObject([[endpoint, { keepalive: true }]])
    expect(seen).toMatchObject([{ delivery: { type: 'sent', way: 'keepalive' } }])
    expect(end.completed).toBe(true)
  })

  test.for([
    ['lives', 30_000],
    ['ends', 60_000],
  ] as const)('asks by keepalive, where the page %s, for less than %i bytes in flight', ([state, budget]) => {
    const { page, requests } = asked({}, NEVER)
    watch(unloading(page))
    if (state === 'ends') page.fire('pagehide')
    for (const bytes of [budget - 1, budget]) watch(sending(page)(sized(bytes)))

    expect(requests.map(([, { keepalive }]) => keepalive)).toEqual([true, false])
  })

  test('counts among it what has gone as the page was left, until it comes back', async () => {
    const { page, requests } = asked()
    const keepalives = () => requests.splice(0).map(([, { keepalive }]) => keepalive)
    const send = sending(page)
    const leave = () => {
      page.fire('pagehide')
      for (const bytes of [35_000, 35_000]) watch(send(sized(bytes)))
      return keepalives()
    }
    watch(unloading(page))

    expect(leave()).toEqual([true, false])
    await settled()
    page.restore()
    watch(send(enveloped()))
    expect(keepalives()).toEqual([true])
    await settled()
    expect(leave()).toEqual([true, false])
  })

  test('gives halves where the page ends and the log records are too many for a keepalive, and sends them while it lives', () => {
    const { page, requests } = asked({}, NEVER)
    const send = sending(page)
    const large = () => enveloped({ view: { marks: marks(150) } })
    expect(logsInit({ endpoint })(large()).body.length).toBeGreaterThan(60_000)
    expect(large().bytes).toBeLessThan(60_000)

    watch(send(large()))
    expect(requests).toHaveLength(1)
    watch(unloading(page))
    page.fire('pagehide')
    const { seen } = watch(send(large()))
    expect(seen[0]?.delivery).toMatchObject({ type: 'retry', cause: 'size' })
    expect(seen[0]?.instead).toHaveLength(2)
    expect(requests).toHaveLength(1)
  })

  test('counts what has no answer yet among what is in flight, and nothing else', () => {
    const answers: unknown[] = [answered(200), NEVER, NEVER]
    const page = fakePage({
      fetch: (_url: string, { keepalive }: RequestInit) => keepalives.push(keepalive) && answers.shift(),
    })
    const keepalives: unknown[] = []
    const send = sending(page)
    for (const bytes of [20_000, 20_000, 20_000]) watch(send(sized(bytes)))

    expect(keepalives).toEqual([true, true, false])
  })

  test.for<[compress: Settings['compress'], url: string, isZipped: boolean]>([
    [true, endpoint, true],
    ['auto', endpoint, false],
    ['auto', 'https://shop.test/v1/logs', true],
    ['auto', 'no URL', false],
    ['no', 'https://shop.test/v1/logs', false],
  ])('compresses a large body with %s for %s: %s', async ([compress, url, isZipped]) => {
    const { page, requests } = asked({ CompressionStream })
    await lastValueFrom(sending(page, { endpoint: url }, { compress })(enveloped({ view: { marks: marks(50) } })))
    const [[, init]] = requests as [(typeof requests)[number]]

    expect(new Headers(init.headers).get('content-encoding')).toBe(isZipped ? 'gzip' : null)
    if (!isZipped) return
    const body = gunzipSync(init.body as ArrayBuffer)
    expect(JSON.parse(`${body}`).resourceLogs).toHaveLength(1)
  })

  test('compresses what has more than 2,000 bytes, and does not leave with its page', async () => {
    const { page, requests } = asked({ CompressionStream })
    const send = sending(page, {}, { compress: true })
    const last: Envelope = { ...sized(3000), reason: 'hidden' }
    for (const one of [sized(2000), sized(2001), last]) await lastValueFrom(send(one))

    expect(requests.map(([, { headers }]) => new Headers(headers).get('content-encoding'))).toEqual([
      null,
      'gzip',
      null,
    ])
  })

  test('drops what was refused with compression where that is set, and compresses the next', async () => {
    const { page, requests } = asked({ CompressionStream }, answered(415))
    const send = sending(page, {}, { compress: true })

    for (let times = 0; times < 2; times++)
      expect(await lastValueFrom(send(sized(3000)))).toMatchObject({ delivery: { type: 'drop', cause: '415' } })
    expect(requests.map(([, { headers }]) => new Headers(headers).get('content-encoding'))).toEqual(['gzip', 'gzip'])
  })

  test('sends without compression what was refused with it, and compresses no more', async () => {
    const { page, requests } = asked({ CompressionStream }, answered(415))
    const send = sending(page, { endpoint: 'https://shop.test/v1/logs' })
    const one = enveloped({ view: { marks: marks(50) } })

    expect(await lastValueFrom(send(one))).toMatchObject({ delivery: { type: 'retry' }, instead: [one] })
    expect(await lastValueFrom(send(one))).toMatchObject({ delivery: { type: 'drop' } })
    expect(requests.map(([, { headers }]) => new Headers(headers).get('content-encoding'))).toEqual(['gzip', null])
  })

  test.for([
    ['is busy', () => answered(503)],
    ['does not answer', () => throwError(() => 'no network')],
  ] as const)('tries again without compression what was sent with it where the endpoint %s', async ([, given]) => {
    const { page, requests } = asked({ CompressionStream }, given())
    const send = sending(page, { endpoint: 'https://shop.test/v1/logs' })
    const one = enveloped({ view: { marks: marks(50) } })
    for (const next of [one, one, { ...one }]) expect(await lastValueFrom(send(next))).toHaveProperty('retryIn')

    expect(requests.map(([, { headers }]) => new Headers(headers).get('content-encoding'))).toEqual([
      'gzip',
      null,
      'gzip',
    ])
  })

  test('asks by the fetch that was there when the collector started, in quiet', () => {
    const page = fakePage()
    const during: string[] = []
    const scope = scopeWith({
      page,
      fetch: (async (url: string) => void during.push(url)) as never,
      quietly: (action) => {
        during.push('quiet')
        return action()
      },
    })
    watch(from(postLogs(scope, { endpoint })(enveloped())))

    expect(during).toEqual(['quiet', endpoint])
    expect(page.requests).toEqual([])
  })

  test.for([
    ['from another address, as of a service worker', { url: 'https://shop.test/offline.html' }, { cause: /offline/ }],
    ['that moves', { url: 'https://b.test/logs', redirected: true }, { cause: 'moved to https://b.test/logs' }],
  ] as const)('takes no answer %s for one of the endpoint', ([, from, { cause }]) => {
    const { delivery } = outcomeOf(of({ ...answer(200), ...from, text: () => ['<html>'] }))

    expect(delivery).toMatchObject({ type: 'retry', cause: expect.stringMatching(cause) })
  })

  test('sends nothing that is a week old', () => {
    const { page, requests } = asked()
    const { seen } = watch(sending(page)({ ...enveloped(), time: Date.now() - 8 * 24 * 60 * 60 * 1000 }))

    expect(seen).toMatchObject([{ delivery: { type: 'drop', cause: 'old' } }])
    expect(requests).toEqual([])
  })
})

test('logsInit says that it is JSON, whatever the other headers', () => {
  const { headers } = logsInit({ endpoint, headers: { 'x-key': '1' } })(enveloped())

  expect(headers).toEqual({ 'x-key': '1', 'content-type': 'application/json' })
})
