import { describe, expect, test } from 'vitest'
import { ownRequest } from '../../../src/page/ownRequest'
import { address } from '../../../src/sinks/delivery/address'
import { fakePage } from '../../helpers/page'

const endpoint = 'http://rum.test/rum'
const moved = 'https://rum.test/rum/'
const from = (url: string, { redirected = false, status = 200 } = {}) => ({ url, redirected, status }) as Response
/** The answer to a request that is to follow no redirection, if the endpoint itself makes one. */
const opaque = { type: 'opaqueredirect', url: endpoint, redirected: false, status: 0 } as Response

/** An address whose endpoint has redirected there, and was seen to do so itself. */
const movedAddress = (page = fakePage()) => {
  const own = address(page)
  own.movedTo(endpoint, from(moved, { redirected: true }))
  own.movedTo(endpoint, opaque, own.suspect())
  return own
}

describe('address', () => {
  test.for<[string, string, string]>([
    ['the endpoint', endpoint, endpoint],
    ['the endpoint, whatever its fragment', `${endpoint}#part`, endpoint],
    ['the endpoint, compressed', `${endpoint}?encoding=gzip`, `${endpoint}?encoding=gzip`],
    ['the endpoint by https, which the page asks for instead', endpoint, 'https://rum.test/rum'],
    ['nowhere: a script has made it', endpoint, ''],
  ])('takes the answer from %s', ([, asked, url]) => {
    expect(address(fakePage()).movedTo(asked, from(url))).toBe('')
  })

  test.for([
    'http://rum.test/offline.html',
    'http://rum.test/rum/',
    'http://rum.test/rum?page=offline',
    'http://other.test/rum',
  ])('takes no answer from %s, whatever its status', (url) => {
    for (const status of [200, 404, 503]) {
      expect(() => address(fakePage()).movedTo(endpoint, from(url, { status }))).toThrow(url)
    }
  })

  test('takes no answer by http in the place of one by https', () => {
    expect(() => address(fakePage()).movedTo('https://rum.test/rum', from(endpoint))).toThrow(endpoint)
  })

  test.for([200, 404, 405])('asks where the endpoint itself redirects to, whatever came from there: %i', (status) => {
    const page = fakePage()
    const { now, suspect, movedTo } = address(page)
    expect(suspect()).toBe('')
    expect(movedTo(`${endpoint}?encoding=gzip`, from(`${moved}?encoding=gzip`, { redirected: true, status }))).toBe(
      moved,
    )
    expect(now(endpoint)).toBe(endpoint)
    expect(suspect()).toBe(moved)
    expect(movedTo(endpoint, opaque, moved)).toBe(moved)

    expect(now(endpoint)).toBe(moved)
    expect(suspect()).toBe('')
    expect(movedTo(moved, from(moved))).toBe('')
    // several were on their way
    expect(movedTo(endpoint, from(moved, { redirected: true }))).toBe(moved)
    expect(movedTo(endpoint, opaque, moved)).toBe(moved)
    expect(now(endpoint)).toBe(moved)
    expect(ownRequest(page, endpoint)(moved)).toBe(true)
  })

  test('asks where a fetch that follows in any case was redirected to', () => {
    const { now, suspect, movedTo } = address(fakePage())
    const answer = from(moved, { redirected: true })
    movedTo(endpoint, answer)

    expect(movedTo(endpoint, answer, suspect())).toBe(moved)
    expect(now(endpoint)).toBe(moved)
  })

  test('asks itself again where it redirects to itself, once', () => {
    const { movedTo } = address(fakePage())

    expect(movedTo(endpoint, from(endpoint, { redirected: true }))).toBe(endpoint)
    expect(movedTo(endpoint, from(endpoint))).toBe('')
  })

  test('asks nothing of a page that was redirected when it was put into a cache', () => {
    const { now, suspect, movedTo } = address(fakePage())
    const cached = from('http://rum.test/offline.html', { redirected: true })

    expect(movedTo(endpoint, cached)).toBe('http://rum.test/offline.html')
    // to a request that is to follow no redirection, a service worker can't give such an answer: it fails, until the network is back
    expect(suspect()).toBe('http://rum.test/offline.html')
    expect(now(endpoint)).toBe(endpoint)
    expect(movedTo(endpoint, from(endpoint), suspect())).toBe('')
    expect(suspect()).toBe('')
  })

  test('follows one redirection, and begins again where that redirects as well', () => {
    const { now, movedTo } = movedAddress()

    expect(() => movedTo(moved, from('https://rum.test/away', { redirected: true }))).toThrow('away')
    expect(now(endpoint)).toBe(endpoint)
  })

  test('takes a refusal for the word of what it was redirected to if it comes twice', () => {
    const { now, suspect, movedTo } = movedAddress()
    const refusal = from(moved, { status: 404 })
    expect(movedTo(moved, from(moved, { status: 503 }))).toBe('')
    expect(() => movedTo(moved, refusal)).toThrow('404')
    expect(now(endpoint)).toBe(endpoint)

    movedTo(endpoint, from(moved, { redirected: true }))
    movedTo(endpoint, opaque, suspect())
    expect(movedTo(moved, refusal)).toBe('')
  })
})
