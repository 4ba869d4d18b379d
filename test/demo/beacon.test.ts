import { Agent, type IncomingMessage, request } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { beacon, schema, startReceiver } from './startReceiver.ts'

describe('POST /rum', () => {
  it.each([
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/json',
    'application/json; charset=utf-8',
    'Text/Plain; Charset="utf-8"',
  ])('takes JSON as %s', async (type) => {
    const { post, stored } = await startReceiver()
    const answer = await post(beacon('b-1'), { 'content-type': type })
    expect(answer.status).toBe(204)
    expect((await stored()).map(({ payload }) => payload.beacon.id)).toEqual(['b-1'])
  })

  it('says that it takes gzip', async () => {
    const { post } = await startReceiver()
    expect((await post(beacon())).headers.get('accept-encoding')).toBe('gzip')
  })

  it('stores when, how large and how packed a beacon came, and nothing about who sent it', async () => {
    const { post, stored } = await startReceiver()
    const body = beacon()
    const before = Date.now()
    await post(body)
    const [line] = await stored()
    expect(line).toEqual({
      receivedAt: expect.any(Number),
      bytes: Buffer.byteLength(body),
      encoding: 'identity',
      payload: JSON.parse(body),
    })
    expect(line?.receivedAt).toBeGreaterThanOrEqual(before)
  })

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('takes a body in %s', async (encoding, compress) => {
    const { post, stored } = await startReceiver()
    const body = compress(beacon('packed'))
    const answer = await post(body, { 'content-type': 'text/plain', 'content-encoding': encoding })
    expect(answer.status).toBe(204)
    expect(await stored()).toMatchObject([{ bytes: body.length, encoding, payload: { beacon: { id: 'packed' } } }])
  })

  it('takes a body whose query says that it is gzip, as the client sends it', async () => {
    const { post, stored } = await startReceiver()
    const body = gzipSync(beacon('packed'))
    expect((await post(body, { 'content-type': 'text/plain' }, '?encoding=gzip')).status).toBe(204)
    expect(await stored()).toMatchObject([
      { bytes: body.length, encoding: 'gzip', payload: { beacon: { id: 'packed' } } },
    ])
  })

  it('takes fields that the schema does not know', async () => {
    const { post, stored } = await startReceiver()
    await post(beacon('b', { colour: 'red' }))
    expect(await stored()).toMatchObject([{ payload: { view: { colour: 'red' } } }])
  })

  it('keeps text of every kind on one line', async () => {
    const { post, stored } = await startReceiver()
    const title = 'two\nlines\u2028and \u0000 žluťoučký 🐎'
    await post(beacon('b', { title }))
    expect(await stored()).toMatchObject([{ payload: { view: { title } } }])
  })

  it('logs a line for each beacon that says whose, where, why and what is inside', async () => {
    const { post, lines } = await startReceiver()
    await post(beacon('b', { longTasks: [1], resources: [1, 2], fps: [1] }))
    expect(lines).toEqual([
      expect.stringMatching(/3f2a9c1e {2}\/candle +sample #0 +\d+ B {2}1 longTask, 2 resources, 1 fps$/),
    ])
  })

  it('steers no terminal with the text of a stranger', async () => {
    const { post, lines } = await startReceiver()
    await post(beacon('b', { id: '/\x1b[2Jgone\r\n' }))
    expect(lines.join()).toContain('/�[2Jgone��')
  })
})

describe('POST /rum refuses', () => {
  const refused = async (answer: Response, status: number, reason: string | RegExp) => {
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await answer.text()).toMatch(reason)
  }

  it.each([
    ['', 'The body is not JSON'],
    ['{"session":', 'The body is not JSON'],
    ['null', '/ must be object; got null'],
    ['[]', '/ must be object; got an array'],
    ['{}', "/ must have required property 'session'; got an object"],
    [beacon('b').replace('"seq":0', '"seq":"0"'), '/beacon/seq must be integer; got "0"'],
    [
      beacon('b').replace('sample', 'whim'),
      '/beacon/reason must be equal to one of the allowed values: sample, entries; got "whim"',
    ],
  ])('what is no beacon with 400 and the reason, and stores nothing: %s', async (body, reason) => {
    const { post, stored } = await startReceiver()
    await refused(await post(body), 400, reason)
    expect(await stored()).toEqual([])
  })

  it('text that is not UTF-8 with 400', async () => {
    const { post } = await startReceiver()
    await refused(await post(Uint8Array.of(0x22, 0xff, 0x22)), 400, 'The body is not UTF-8')
  })

  it('a body that is not gzip as it says with 400', async () => {
    const { post } = await startReceiver()
    const answer = await post(beacon(), { 'content-type': 'text/plain', 'content-encoding': 'gzip' })
    await refused(answer, 400, 'The body is not gzip')
  })

  it('a cut gzip body with 400', async () => {
    const { post } = await startReceiver()
    const body = gzipSync(beacon()).subarray(0, 40)
    await refused(await post(body, { 'content-type': 'text/plain', 'content-encoding': 'gzip' }), 400, 'not gzip')
  })

  it('half a megabyte of brackets with 400, and lives on', async () => {
    const { post, stored } = await startReceiver()
    const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`
    await refused(await post(beacon('b', { events: 'X' }).replace('"X"', `[${deep}]`)), 400, 'nested too deeply')
    expect((await post(beacon('after'))).status).toBe(204)
    expect(await stored()).toHaveLength(1)
  })

  it.each(['application/x-www-form-urlencoded', 'text/plain; charset=iso-8859-1', 'text/html'])(
    'the type %s with 415, naming it',
    async (type) => {
      const { post, stored } = await startReceiver()
      await refused(
        await post(beacon(), { 'content-type': type }),
        415,
        `content-type is text/plain or application/json, in UTF-8; got ${type}`,
      )
      expect(await stored()).toEqual([])
    },
  )

  it('a body without a type with 415', async () => {
    const { post } = await startReceiver()
    await refused(await post(new Blob([beacon()]), {}), 415, 'got none')
  })

  it('an unknown coding with 415 and the codings that it takes', async () => {
    const { post } = await startReceiver()
    const answer = await post(beacon(), { 'content-type': 'text/plain', 'content-encoding': 'zstd' })
    expect(answer.headers.get('accept-encoding')).toBe('gzip, br')
    await refused(answer, 415, 'the encoding of a body is gzip, br or none; got zstd')
  })

  it('one byte over the limit with 413, and takes the limit itself', async () => {
    const body = beacon()
    const { post, stored } = await startReceiver({ limit: body.length })
    await refused(await post(`${body} `), 413, `at most ${body.length} bytes on the wire`)
    expect((await post(body)).status).toBe(204)
    expect(await stored()).toHaveLength(1)
  })

  it('more than a mebibyte with 413 unless told otherwise', async () => {
    const { post } = await startReceiver()
    await refused(await post(beacon('b', { text: 'x'.repeat(1 << 20) })), 413, 'at most 1048576 bytes')
  })

  it('a body of unknown length at the limit, and leaves the connection of use', async () => {
    const { origin, stored } = await startReceiver()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const first = await postChunks(`${origin}/rum`, agent, Array(48).fill(Buffer.alloc(1 << 16, ' ')))
    const second = await postChunks(`${origin}/rum`, agent, [Buffer.from(beacon('after'))])
    agent.destroy()
    expect([first.statusCode, second.statusCode]).toEqual([413, 204])
    expect(await stored()).toHaveLength(1)
  })

  it('a bomb with 413, and does not look at what comes after the limit', async () => {
    const { post, stored } = await startReceiver()
    const broken = Buffer.concat([gzipSync(Buffer.alloc(64 << 20)).subarray(0, -2000), Buffer.alloc(2000, 'x')])
    const answer = await post(broken, { 'content-type': 'text/plain', 'content-encoding': 'gzip' })
    await refused(answer, 413, 'at most 1048576 bytes decompressed')
    expect(await stored()).toEqual([])
  })

  it.each(['PUT', 'DELETE', 'PATCH'])('the method %s with 405 and the methods that it takes', async (method) => {
    const { origin } = await startReceiver()
    const answer = await fetch(`${origin}/rum`, { method, body: beacon() })
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
    await refused(answer, 405, `got ${method}`)
  })

  it('a beacon that it can not store with 503, and asks to try again', async () => {
    const { post, store } = await startReceiver({ schema })
    await store.close()
    const answer = await post(beacon())
    expect(answer.headers.get('retry-after')).toBe('5')
    await refused(answer, 503, 'could not be stored')
  })

  it('in a line of the log', async () => {
    const { post, lines } = await startReceiver()
    await post('nonsense')
    expect(lines).toEqual([expect.stringContaining('refused 400  The body is not JSON')])
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
