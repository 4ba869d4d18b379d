import { Agent, type IncomingMessage, request } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { posted } from './inspector/stored.ts'
import { startReceiver } from './startReceiver.ts'

describe('POST /rum', () => {
  it.each([
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/json',
    'application/json; charset=utf-8',
    'Text/Plain; Charset="utf-8"',
  ])('takes JSON as %s, and says that it takes gzip', async (type) => {
    const { post, stored } = await startReceiver()
    const answer = await post(posted({ key: 'b' }), { 'content-type': type })
    expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([204, 'gzip'])
    expect((await stored()).map(({ payload }) => payload.beacon.id)).toEqual(['b-0'])
  })

  it('stores when, how large and how packed a beacon came, and nothing about who sent it', async () => {
    const { post, stored } = await startReceiver()
    const body = posted()
    const before = Date.now()
    await post(body)
    const [found] = await stored()
    expect(found).toEqual({
      receivedAt: expect.any(Number),
      bytes: Buffer.byteLength(body),
      encoding: 'identity',
      payload: JSON.parse(body),
    })
    expect(found?.receivedAt).toBeGreaterThanOrEqual(before)
  })

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('takes a body in %s', async (encoding, compress) => {
    const { post, stored } = await startReceiver()
    const body = compress(posted({ key: 'packed' }))
    const answer = await post(body, { 'content-type': 'text/plain', 'content-encoding': encoding })
    expect(answer.status).toBe(204)
    expect(await stored()).toMatchObject([{ bytes: body.length, encoding, payload: { beacon: { id: 'packed-0' } } }])
  })

  it('takes a body whose query says that it is gzip, as the client sends it', async () => {
    const { post, stored } = await startReceiver()
    const body = gzipSync(posted({ key: 'packed' }))
    expect((await post(body, { 'content-type': 'text/plain' }, '?encoding=gzip')).status).toBe(204)
    expect(await stored()).toMatchObject([{ bytes: body.length, encoding: 'gzip' }])
  })

  it('keeps fields that the schema does not know, of a newer client', async () => {
    const { post, stored } = await startReceiver()
    const view = { colour: 'red', later: { nested: [1, null, 'ž\u2028\n\u0000🐎'] } }
    expect((await post(posted({ view: view as never }))).status).toBe(204)
    expect(await stored()).toMatchObject([{ payload: { view } }])
  })

  it('answers a beacon that it has with 204, and stores it once', async () => {
    const { post, stored } = await startReceiver()
    const answers = await Promise.all([post(posted()), post(posted()), post(posted())])
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204])
    expect(await stored()).toHaveLength(1)
  })
})

describe('POST /rum refuses', () => {
  const refused = async (answer: Response, status: number, reason: string | RegExp) => {
    const text = await answer.text()
    expect([answer.status, text]).toEqual([status, expect.stringMatching(reason)])
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  }

  it.each([
    ['', 'The body is not JSON'],
    ['{"session":', 'The body is not JSON'],
    ['null', '/ must be object; got null'],
    ['[]', '/ must be object; got an array of 0'],
    ['{}', "/ must have required property 'session'; got an object"],
    [posted().replace('"seq":0', '"seq":"0"'), '/beacon/seq must be integer; got "0"'],
    [
      posted().replace('"sample"', '"whim"'),
      /\/beacon\/reason must be equal to one of the allowed values: sample, .*, recovered; got "whim"/,
    ],
  ])(
    'what is no beacon with 400, the field, what was given and what is expected, and stores nothing: %s',
    async (body, reason) => {
      const { post, stored, refusals } = await startReceiver()
      await refused(await post(body), 400, reason)
      expect(await stored()).toEqual([])
      expect(refusals).toHaveLength(1)
    },
  )

  it('text that is not UTF-8 with 400', async () => {
    const { post } = await startReceiver()
    await refused(await post(Uint8Array.of(0x22, 0xff, 0x22)), 400, 'The body is not UTF-8')
  })

  it('a body that is not gzip as it says, and a cut one, with 400', async () => {
    const { post } = await startReceiver()
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'gzip' }
    await refused(await post(posted(), headers), 400, 'The body is not gzip')
    await refused(await post(gzipSync(posted()).subarray(0, 40), headers), 400, 'The body is not gzip')
  })

  it.each(['application/x-www-form-urlencoded', 'text/plain; charset=iso-8859-1', 'text/html', 'multipart/form-data'])(
    'the type %s with 415, naming it',
    async (type) => {
      const { post, stored } = await startReceiver()
      const reason = `content-type is text/plain or application/json, in UTF-8; got ${type}`
      await refused(await post(posted(), { 'content-type': type }), 415, reason)
      expect(await stored()).toEqual([])
    },
  )

  it('a body without a type with 415', async () => {
    const { post } = await startReceiver()
    await refused(await post(new Blob([posted()]), {}), 415, '')
  })

  it('an unknown coding with 415 and the codings that it takes', async () => {
    const { post } = await startReceiver()
    const answer = await post(posted(), { 'content-type': 'text/plain', 'content-encoding': 'zstd' })
    expect(answer.headers.get('accept-encoding')).toBe('gzip, br')
    await refused(answer, 415, 'the encoding of a body is gzip, br or none; got zstd')
  })

  it('a body of more than 64 KiB with 413, and takes one of that size', async () => {
    const { post, stored } = await startReceiver()
    const body = posted()
    await refused(await post(body.padEnd(65_537)), 413, 'too large')
    expect((await post(body.padEnd(65_536))).status).toBe(204)
    expect(await stored()).toHaveLength(1)
  })

  it('a body of unknown length at the limit, and takes others after it', async () => {
    const { origin, stored } = await startReceiver()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const first = await postChunks(`${origin}/rum`, agent, Array(8).fill(Buffer.alloc(1 << 14, ' ')))
    const second = await postChunks(`${origin}/rum`, agent, [Buffer.from(posted())])
    agent.destroy()
    expect([first.statusCode, second.statusCode]).toEqual([413, 204])
    expect(await stored()).toHaveLength(1)
  })

  it.each(['PUT', 'DELETE', 'PATCH'])('the method %s with 405 and the methods that it takes', async (method) => {
    const { origin } = await startReceiver()
    const answer = await fetch(`${origin}/rum`, { method, body: posted() })
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
    await refused(answer, 405, `got ${method}`)
  })

  it('a beacon that it can not store with 503, asks to try again, and says so at /health', async () => {
    const { post, store, origin } = await startReceiver()
    expect(await (await fetch(`${origin}/health`)).json()).toEqual({ status: 'ok' })
    store.close()
    const answer = await post(posted())
    expect(answer.headers.get('retry-after')).toBe('5')
    await refused(answer, 503, 'could not be stored')
    const health = await fetch(`${origin}/health`)
    expect([health.status, await health.json()]).toEqual([503, { status: 'failing', problem: 'the store is closed' }])
  })
})

function postChunks(url: string, agent: Agent, chunks: Buffer[]): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const post = request(url, { method: 'POST', agent, headers: { 'content-type': 'text/plain' } }, (answer) => {
      answer.resume().on('end', () => resolve(answer))
    }).on('error', reject)
    for (const chunk of chunks) post.write(chunk)
    post.end()
  })
}
