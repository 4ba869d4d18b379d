import { readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { code, startReceiver } from './startReceiver.ts'

describe('GET /rum', () => {
  it('answers with the script, as text/javascript in UTF-8', async () => {
    const { origin } = await startReceiver()
    const answer = await fetch(`${origin}/rum`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(await answer.text()).toBe(code)
  })

  it('opens the script to every origin, its timing too', async () => {
    const { origin } = await startReceiver()
    const { headers } = await fetch(`${origin}/rum`)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('timing-allow-origin')).toBe('*')
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(headers.get('cache-control')).toBe('no-cache')
  })

  it('answers HEAD with the same headers and no body', async () => {
    const { origin } = await startReceiver()
    const [head, get] = await Promise.all([fetch(`${origin}/rum`, { method: 'HEAD' }), fetch(`${origin}/rum`)])
    expect(head.status).toBe(200)
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'))
    expect(await head.text()).toBe('')
  })

  it.each([
    ['br', (body: Buffer) => brotliDecompressSync(body)],
    ['gzip', (body: Buffer) => gunzipSync(body)],
    ['identity', (body: Buffer) => body],
  ])('compresses as the browser accepts: %s', async (encoding, decode) => {
    const { origin } = await startReceiver()
    const { headers, body } = await getRaw(`${origin}/rum`, encoding)
    expect(headers['content-encoding'] ?? 'identity').toBe(encoding)
    expect(headers.vary).toBe('accept-encoding')
    expect(Number(headers['content-length'])).toBe(body.length)
    expect(decode(body).toString()).toBe(code)
  })

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['zstd', undefined],
    ['', undefined],
  ])('chooses for accept-encoding "%s": %s', async (accepted, expected) => {
    const { origin } = await startReceiver()
    expect((await getRaw(`${origin}/rum`, accepted)).headers['content-encoding']).toBe(expected)
  })

  it.each([
    (etag: string) => etag,
    (etag: string) => etag.replace('W/', ''),
    (etag: string) => `"other", ${etag}`,
    () => '*',
  ])('answers 304 to a known ETag (%#)', async (known) => {
    const { origin } = await startReceiver()
    const etag = (await fetch(`${origin}/rum`)).headers.get('etag') ?? ''
    const answer = await fetch(`${origin}/rum`, { headers: { 'if-none-match': known(etag) } })
    expect(answer.status).toBe(304)
    expect(answer.headers.get('etag')).toBe(etag)
    expect(await answer.text()).toBe('')
  })

  it('answers 200 to an ETag of another build', async () => {
    const { origin } = await startReceiver()
    expect((await fetch(`${origin}/rum`, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })

  it('reads the script again when a build has replaced it', async () => {
    const { origin, script } = await startReceiver()
    const before = await fetch(`${origin}/rum`)
    await writeFile(script, 'a new build')
    const after = await fetch(`${origin}/rum`)
    expect(await after.text()).toBe('a new build')
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'))
  })

  it('names the missing file and the command that makes it, and recovers once it is there', async () => {
    const { origin, script } = await startReceiver()
    await rm(script)
    const answer = await fetch(`${origin}/rum`)
    expect(answer.status).toBe(500)
    expect(await answer.text()).toBe(`${script} is missing: npm run build makes it\n`)

    await writeFile(script, 'built at last')
    expect(await (await fetch(`${origin}/rum`)).text()).toBe('built at last')
  })

  it('serves the source map and the licences from beside the script', async () => {
    const { origin, script } = await startReceiver()
    const map = await fetch(`${origin}/crum.js.map`)
    expect(map.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await map.text()).toBe(await readFile(`${script}.map`, 'utf8'))
    expect(await (await fetch(`${origin}/crum.licenses.md`)).text()).toBe('# Licences')
  })
})

/** `fetch` decompresses; this leaves the body as it came. */
function getRaw(url: string, acceptEncoding: string) {
  return new Promise<{ headers: Record<string, string | string[] | undefined>; body: Buffer }>((resolve, reject) => {
    request(url, { headers: { 'accept-encoding': acceptEncoding } }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      resolve({ headers: answer.headers, body: Buffer.concat(chunks) })
    })
      .on('error', reject)
      .end()
  })
}
