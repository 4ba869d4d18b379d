import { request } from 'node:http'
import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { hostIn, isLoopback, knownHosts } from '../../demo/guard/hosts.ts'
import { tokenCheck } from '../../demo/guard/token.ts'
import { posted } from './inspector/stored.ts'
import { startReceiver } from './startReceiver.ts'

const shown = ['/', '/inspector/api/sessions', '/inspector/api/stream', '/split.css']
const token = 'a-token-of-this-test'

describe('what is stored', { timeout: 60_000 }, () => {
  it.each(shown)('is not shown under a foreign name, which could be any page: %s', async (path) => {
    const { origin } = await startReceiver()
    for (const host of ['evil.example', 'evil.example:80', 'localhost.evil.example', '127.0.0.1.evil.example', 'x y']) {
      expect([host, (await asked(origin + path, { host })).status]).toEqual([host, 421])
    }
  })

  it('is shown on this machine under each of its names', async () => {
    const { origin } = await startReceiver()
    for (const host of ['localhost', 'localhost:8080', 'shop.localhost', '127.0.0.1', '[::1]:80', '127.1.2.3']) {
      expect([host, (await asked(`${origin}/inspector/api/sessions`, { host })).status]).toEqual([host, 200])
    }
  })

  it.each<[what: string, headers: Record<string, string>]>([
    ['a name that was allowed', { host: 'rum.example' }],
    ['a proxy that passes on for whom it asks', { host: 'localhost', 'x-forwarded-for': '203.0.113.9' }],
    ['a proxy that says so in the standard way', { host: 'localhost', forwarded: 'for=203.0.113.9' }],
    ['the name of this machine', { host: hostname() }],
  ])('is shown through %s only with the token', async (_, headers) => {
    const { origin } = await startReceiver({ access: { token, hosts: ['rum.example'] } })
    const ask = (more: object = {}, query = '') =>
      asked(`${origin}/inspector/api/sessions${query}`, { ...headers, ...more })
    expect((await ask()).status).toBe(401)
    expect((await ask({}, '?token=another')).status).toBe(401)
    expect((await ask({}, `?token=${token}x`)).status).toBe(401)
    expect((await ask({ authorization: 'Bearer another' })).status).toBe(401)
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200)
    const first = await ask({}, `?from=3&token=${token}`)
    expect([first.status, first.headers.location]).toEqual([303, '/inspector/api/sessions?from=3'])
    const [cookie = ''] = first.headers['set-cookie'] ?? []
    expect(cookie).toBe(`crum-token=${token}; Path=/; HttpOnly; SameSite=Strict`)
    expect((await ask({ cookie: `other=1; ${cookie.split(';')[0]}` })).status).toBe(200)
  })

  it('is not shown to another machine, from which beacons are taken all the same', async () => {
    const { origin } = await startReceiver({ access: { token }, host: '0.0.0.0' })
    const another = { host: '127.0.0.1', via: '1.1 proxy' }
    for (const path of shown) expect((await asked(origin + path, another)).status).toBe(401)
    const post = await fetch(`${origin}/rum`, { method: 'POST', body: posted(), headers: { host: 'anything.example' } })
    expect(post.status).toBe(204)
  })
})

describe('the names of this machine', () => {
  it('are loopback names, its own, its addresses, and those that were allowed', () => {
    const isKnown = knownHosts(['RUM.example'])
    expect([hostname().toLowerCase(), 'rum.example', 'localhost', '[::1]'].map(isKnown)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(['example', '127.0.0.1.example', '1270.0.0.1', 'localhost.'].map(isLoopback)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('are read off a header, or not', () => {
    expect(['a:80', '[::1]:8080', 'A.example', 'x y', 'a/b', undefined, `${'a'.repeat(301)}`].map(hostIn)).toEqual([
      ...['a', '[::1]', 'a.example', undefined, 'a', undefined, undefined],
    ])
  })
})

it('compares tokens of any length', () => {
  const isRight = tokenCheck('right')
  expect(['right', 'righ', 'right ', '', undefined].map(isRight)).toEqual([true, false, false, false, false])
})

/** `fetch` sets its own `Host`. */
function asked(url: string, headers: Record<string, string>) {
  return new Promise<{ status: number | undefined; headers: Record<string, string | string[] | undefined> }>(
    (resolve, reject) => {
      request(url, { headers }, (answer) => {
        resolve({ status: answer.statusCode, headers: answer.headers })
        answer.destroy()
      })
        .on('error', reject)
        .end()
    },
  )
}
