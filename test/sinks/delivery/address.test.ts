import { describe, expect, test } from 'vitest'
import { ownRequest } from '../../../src/page/ownRequest'
import { address, StrayAnswer } from '../../../src/sinks/delivery/address'
import { fakePage } from '../../helpers/page'

const endpoint = 'http://rum.test/rum'
const moved = 'https://rum.test/rum/'
const from = (url: string, { redirected = false, status = 200 } = {}) =>
  ({ url, redirected, status, ok: status >= 200 && status < 300 }) as Response
/** The answer to a request that is to follow no redirection, if the endpoint itself makes one. */
const opaque = { type: 'opaqueredirect', url: endpoint, redirected: false, status: 0 } as Response

/** An address whose endpoint has redirected there, and was seen to do so itself. */
const movedAddress = () => {
  const at = address(fakePage())
  moveAgain(at)
  return at
}

const moveAgain = (at: ReturnType<typeof address>) => {
  at(endpoint).movedTo(from(moved, { redirected: true }))
  at(endpoint).movedTo(opaque)
}

const thrownBy = (act: () => unknown) => {
  try {
    return act()
  } catch (thrown) {
    return thrown
  }
}

describe('address', () => {
  test.for<[string, string, string]>([
    ['the endpoint', endpoint, endpoint],
    ['the endpoint, whatever its fragment', `${endpoint}#part`, endpoint],
    ['the endpoint, compressed', endpoint, `${endpoint}?encoding=gzip`],
    ['the endpoint by https, which the page asks for instead', endpoint, 'https://rum.test/rum'],
    ['nowhere: a script has made it', endpoint, ''],
  ])('takes the answer from %s', ([, asked, url]) => {
    expect(address(fakePage())(asked).movedTo(from(url))).toBe('')
  })

  test('takes what has no status for no answer, as of a script that has caught an error', () => {
    expect(thrownBy(() => address(fakePage())(endpoint).movedTo(Response.error()))).toBe('no answer')
  })

  test.for([
    'http://rum.test/offline.html',
    'http://rum.test/rum/',
    'http://rum.test/rum?page=offline',
    'http://other.test/rum',
  ])('takes no answer from %s, whatever its status', (url) => {
    for (const status of [200, 404, 503]) {
      expect(() => address(fakePage())(endpoint).movedTo(from(url, { status }))).toThrow(url)
    }
  })

  test.for([
    ['https://rum.test/rum', endpoint],
    ['https://rum.test/rum?to=http://a.test', 'https://rum.test/rum?to=https://a.test'],
  ] as const)('asked at %s, takes no answer from %s, which is no such page by https', ([asked, url]) => {
    expect(() => address(fakePage())(asked).movedTo(from(url))).toThrow(url)
  })

  test('asks where it is redirected to with the whole query', () => {
    const to = `${moved}?encoding=gzip&key=1`

    expect(address(fakePage())(endpoint).movedTo(from(to, { redirected: true }))).toBe(to)
  })

  test.for([200, 404, 405])('asks where the endpoint itself redirects to, whatever came from there: %i', (status) => {
    const page = fakePage()
    const at = address(page)
    const several = [at(endpoint), at(endpoint)]
    expect(several[0]).toMatchObject({ url: endpoint, redirect: 'follow' })
    expect(several[0]?.movedTo(from(`${moved}?encoding=gzip`, { redirected: true, status }))).toBe(moved)
    const again = [at(endpoint), at(endpoint)]
    expect(again[0]).toMatchObject({ url: endpoint, redirect: 'manual' })
    expect(again[0]?.movedTo(opaque)).toBe(moved)

    expect(at(endpoint)).toMatchObject({ url: moved, redirect: 'follow' })
    expect(at(endpoint).movedTo(from(moved))).toBe('')
    // several were on their way
    expect(several[1]?.movedTo(from(moved, { redirected: true }))).toBe(moved)
    expect(again[1]?.movedTo(opaque)).toBe(moved)
    expect(at(endpoint).url).toBe(moved)
    expect(ownRequest(page, endpoint)(moved)).toBe(true)
  })

  test('asks where a fetch that follows in any case was redirected to', () => {
    const at = address(fakePage())
    const answer = from(moved, { redirected: true })
    at(endpoint).movedTo(answer)

    expect(at(endpoint).movedTo(answer)).toBe(moved)
    expect(at(endpoint).url).toBe(moved)
  })

  test('asks itself again where it redirects to itself, once', () => {
    const at = address(fakePage())

    expect(at(endpoint).movedTo(from(endpoint, { redirected: true }))).toBe(endpoint)
    expect(at(endpoint).movedTo(from(endpoint))).toBe('')
  })

  test('asks nothing of a page that was redirected when it was put into a cache', () => {
    const at = address(fakePage())
    const cached = from('http://rum.test/offline.html', { redirected: true })

    expect(at(endpoint).movedTo(cached)).toBe('http://rum.test/offline.html')
    // to such a request a service worker can't give that answer: it fails, until the network is back
    expect(at(endpoint)).toMatchObject({ url: endpoint, redirect: 'manual' })
    expect(at(endpoint).movedTo(from(endpoint))).toBe('')
    expect(at(endpoint)).toMatchObject({ url: endpoint, redirect: 'follow' })
  })

  test('follows one redirection, and begins again where that redirects as well', () => {
    const at = movedAddress()

    expect(() => at(endpoint).movedTo(from('https://rum.test/away', { redirected: true }))).toThrow('away')
    expect(at(endpoint).url).toBe(endpoint)
  })

  test.for([302, 304, 400, 401, 403, 404, 405, 422])(
    'asks the endpoint again, each time, where what it was redirected to has taken nothing and refuses: %i',
    (status) => {
      const at = movedAddress()
      for (let round = 0; round < 3; round++) {
        expect(`${thrownBy(() => at(endpoint).movedTo(from(moved, { status })))}`).toBe(`${status} from ${moved}`)
        expect(at(endpoint).url).toBe(endpoint)
        moveAgain(at)
        expect(at(endpoint).url).toBe(moved)
      }
    },
  )

  test.for([400, 403, 405])(
    'takes the refusal of what it was redirected to once that has taken a beacon: %i',
    (status) => {
      const at = movedAddress()
      at(endpoint).movedTo(from(moved))

      expect(at(endpoint).movedTo(from(moved, { status }))).toBe('')
    },
  )

  test('does not take the refusal of another one for that', () => {
    const at = movedAddress()
    at(endpoint).movedTo(from(moved))
    at(endpoint).doubt()
    const login = 'https://rum.test/login'
    at(endpoint).movedTo(from(login, { redirected: true }))
    at(endpoint).movedTo(opaque)

    expect(() => at(endpoint).movedTo(from(login, { status: 400 }))).toThrow()
  })

  test.for([408, 413, 429, 500])('lets what it was redirected to say when to come again: %i', (status) => {
    const at = movedAddress()

    expect(at(endpoint).movedTo(from(moved, { status }))).toBe('')
    expect(at(endpoint).url).toBe(endpoint)
  })

  test('takes the refusal of the endpoint itself, though another one was doubted before', () => {
    const at = movedAddress()
    at(endpoint).doubt()

    expect(at(endpoint).movedTo(from(endpoint, { status: 404 }))).toBe('')
  })

  test.for([400, 405])(
    'takes no refusal of what it was redirected to for that of the endpoint, however many ask side by side: %i',
    (status) => {
      const at = movedAddress()
      const several = [at(endpoint), at(endpoint), at(endpoint)]

      for (const one of several)
        expect(thrownBy(() => one.movedTo(from(moved, { status })))).toBeInstanceOf(StrayAnswer)
      expect(at(endpoint).url).toBe(endpoint)
    },
  )

  test.for<[string, (at: ReturnType<typeof address>) => unknown]>([
    ['no answer', (at) => at(endpoint).doubt()],
    ['503', (at) => at(endpoint).movedTo(from(moved, { status: 503 }))],
  ])('asks the endpoint again, once in an outage, where there is %s from where it had redirected to', ([, fail]) => {
    const at = movedAddress()
    fail(at)
    expect(at(endpoint).url).toBe(endpoint)

    moveAgain(at)
    fail(at)
    expect(at(endpoint).url).toBe(moved)

    at(endpoint).movedTo(from(moved))
    fail(at)
    expect(at(endpoint).url).toBe(endpoint)
  })
})
