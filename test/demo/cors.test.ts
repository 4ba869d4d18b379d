import { describe, expect, it } from 'vitest'
import { posted } from './inspector/stored.ts'
import { startReceiver } from './startReceiver.ts'

describe('a page of another origin', () => {
  const origin = 'https://shop.example'

  it('gets its preflight answered: methods, headers, and for how long', async () => {
    const receiver = await startReceiver()
    const answer = await fetch(`${receiver.origin}/rum`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-encoding,content-type',
      },
    })
    expect(answer.status).toBe(204)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
      'access-control-allow-headers': 'content-type, content-encoding',
      'access-control-max-age': '7200',
    })
  })

  it('may read the answer, credentials sent or not, and see whether gzip is taken', async () => {
    const { post } = await startReceiver()
    const answer = await post(posted(), { 'content-type': 'text/plain', origin })
    expect(answer.status).toBe(204)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'accept-encoding, retry-after',
      vary: 'Origin',
    })
  })

  it('may read a refusal, so that it does not send it again', async () => {
    const { post } = await startReceiver()
    const answer = await post('nonsense', { 'content-type': 'text/plain', origin })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
  })

  it('is not needed: without an origin everybody is allowed', async () => {
    const { post } = await startReceiver()
    const { headers } = await post(posted())
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })
})
