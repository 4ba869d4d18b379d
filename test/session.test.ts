import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isSampled, sessionStore } from '../src/session'
import { type FakePage, fakePage, fakeStorage } from './helpers/page'

const start = 1_700_000_000_000
const minute = 60_000
beforeEach(() => vi.useFakeTimers({ now: start }))
afterEach(() => vi.useRealTimers())

const times = { newSessionAfter: 300, samplingRate: 5000 }
const wait = (ms: number) => vi.advanceTimersByTime(ms)
const storeOf = (page: FakePage) => sessionStore(page, times, () => true)
const stored = (page: FakePage) => JSON.parse(page.localStorage.getItem('CRUM') ?? 'null')
const storing = (value: unknown) => {
  const page = fakePage()
  page.localStorage.setItem('CRUM', typeof value === 'string' ? value : JSON.stringify(value))
  return page
}
const deny = () => {
  throw new DOMException('denied', 'SecurityError')
}

describe('sessionStore', () => {
  test('begins a session, and stores it', () => {
    const page = fakePage()
    const session = storeOf(page).keepAlive()

    expect(session).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      startTime: start,
      lastLoop: start,
      duration: 0,
    })
    expect(stored(page)).toEqual(session)
  })

  test('keeps it alive, and counts whole minutes', () => {
    const page = fakePage()
    const session = storeOf(page)
    const { id } = session.keepAlive()
    wait(2 * minute - 100)
    expect(session.keepAlive()).toEqual({ id, startTime: start, lastLoop: start + 2 * minute - 100, duration: 1 })

    wait(100)
    expect(session.keepAlive()).toMatchObject({ id, duration: 2 })
    expect(stored(page)).toEqual(session.current())
  })

  test('is not moved by what only travels along', () => {
    const page = fakePage()
    const session = storeOf(page)
    const first = session.keepAlive()
    wait(minute)

    expect(session.current()).toEqual(first)
    expect(stored(page)).toEqual(first)
  })

  test('is not moved by a hidden page', () => {
    const page = fakePage()
    const session = storeOf(page)
    const first = session.keepAlive()
    page.hide()
    wait(minute)
    expect(session.keepAlive()).toEqual(first)

    page.show()
    expect(session.keepAlive()).toMatchObject({ id: first.id, duration: 1 })
  })

  test('is resumed by the next page, a hidden one too', () => {
    const known = { id: '00000000-known', startTime: start - 3 * minute, lastLoop: start - minute, duration: 2 }

    expect(storeOf(storing(known)).keepAlive()).toEqual({ ...known, lastLoop: start, duration: 3 })
    const hidden = storing(known)
    hidden.hide()
    expect(storeOf(hidden).keepAlive()).toEqual(known)
  })

  test.for<[string, number, boolean]>([
    ['at newSessionAfter', 300_000, true],
    ['after it', 300_001, false],
    ['with the clock set back a little', -1000, true],
    ['with the clock set back far', -300_001, false],
  ])('is resumed or not: %s', ([, silence, isResumed]) => {
    const known = { id: '00000000-known', startTime: start - silence, lastLoop: start - silence, duration: 0 }

    expect(storeOf(storing(known)).keepAlive().id === '00000000-known').toBe(isResumed)
  })

  /** The page is hidden for so long. */
  const hidden = (page: FakePage, session: ReturnType<typeof storeOf>, ms: number) => {
    page.hide()
    session.turn()
    wait(ms)
    page.show()
    session.turn()
  }

  test('is over after a long absence of the visitor', () => {
    const page = fakePage()
    const session = storeOf(page)
    const { id } = session.keepAlive()
    hidden(page, session, 300_001)
    const next = session.keepAlive()

    expect(next.id).not.toBe(id)
    expect(next).toMatchObject({ startTime: start + 300_001, duration: 0 })
    expect(stored(page)).toEqual(next)
  })

  test('never has a negative duration', () => {
    const known = { id: '00000000-known', startTime: start + 5 * minute, lastLoop: start, duration: 0 }

    expect(storeOf(storing(known)).keepAlive().duration).toBe(0)
  })

  test('is shared by the tabs of an origin', () => {
    const localStorage = fakeStorage()
    const { id } = storeOf(fakePage({ localStorage })).keepAlive()
    wait(minute)

    expect(storeOf(fakePage({ localStorage })).keepAlive()).toMatchObject({ id, lastLoop: start + minute })
  })

  test('adopts the session that another tab has begun meanwhile', () => {
    const page = fakePage()
    const session = storeOf(page)
    session.keepAlive()
    wait(minute)
    const theirs = { id: '11111111-theirs', startTime: start + minute, lastLoop: start + minute, duration: 0 }
    page.localStorage.setItem('CRUM', JSON.stringify(theirs))

    expect(session.keepAlive()).toEqual(theirs)
  })

  test.for<[string, () => FakePage]>([
    ['blocked', () => Object.defineProperty(fakePage(), 'localStorage', { get: deny })],
    ['full', () => fakePage({ localStorage: { ...fakeStorage(), setItem: deny } })],
    ['missing', () => fakePage({ localStorage: null })],
  ])('keeps its own where storage is %s', ([, makePage]) => {
    const page = makePage()
    const session = storeOf(page)
    const { id } = session.keepAlive()
    wait(minute)

    expect(session.keepAlive()).toEqual({ id, startTime: start, lastLoop: start + minute, duration: 1 })
    hidden(page, session, 301_000)
    expect(session.keepAlive().id).not.toBe(id)
  })

  test('goes on while the page is visible, though a loop takes longer than what ends a session', () => {
    const session = storeOf(fakePage())
    const { id } = session.keepAlive()
    for (let loops = 1; loops < 4; loops++) {
      wait(400_000)
      expect(session.keepAlive()).toMatchObject({ id, lastLoop: start + loops * 400_000 })
    }
  })

  test('is over when the computer was asleep, with the page before the visitor', () => {
    const session = storeOf(fakePage())
    const { id } = session.keepAlive()
    wait(10 * minute)

    expect(session.keepAlive().id).not.toBe(id)
  })

  test('counts an absence from when the page is hidden, for the next page as well', () => {
    const localStorage = fakeStorage()
    const page = fakePage({ localStorage })
    const session = storeOf(page)
    const { id } = session.keepAlive()
    wait(400_000)
    page.hide()
    session.turn()
    expect(stored(page)).toMatchObject({ id, lastLoop: start + 400_000 })

    wait(300_000)
    expect(storeOf(fakePage({ localStorage })).keepAlive().id).toBe(id)
    page.show()
    session.turn()
    wait(300_001)
    expect(session.keepAlive().id).toBe(id)
  })

  test('is not moved by a page that stays hidden', () => {
    const page = fakePage()
    const session = storeOf(page)
    const { id } = session.keepAlive()
    page.hide()
    session.turn()
    wait(300_001)
    session.turn()
    expect(session.keepAlive()).toMatchObject({ id, lastLoop: start })

    page.show()
    expect(session.keepAlive().id).not.toBe(id)
  })

  test('takes no other session for its own that is over, however long the page is visible', () => {
    const page = fakePage()
    const session = storeOf(page)
    const { id } = session.keepAlive()
    const old = { id: '00000000-old', startTime: start - 1e6, lastLoop: start - 1e6, duration: 0 }
    page.localStorage.setItem('CRUM', JSON.stringify(old))
    wait(minute)

    expect([id, old.id]).not.toContain(session.keepAlive().id)
  })

  test('begins none because the page is hidden or shown', () => {
    const page = fakePage()
    storeOf(page).turn()

    expect(stored(page)).toBeNull()
  })

  const old = { id: '00000000-old', startTime: start - 20 * minute, lastLoop: start - 10 * minute, duration: 10 }

  test.for<[string, Partial<Storage>]>([
    ['is full', { setItem: deny }],
    ['takes nothing, and says nothing', { setItem: () => {} }],
  ])('keeps one session a visit where an old one can be read and not overwritten: storage %s', ([, broken]) => {
    const localStorage = { ...fakeStorage(new Map([['CRUM', JSON.stringify(old)]])), ...broken }
    const session = storeOf(fakePage({ localStorage }))
    const { id } = session.keepAlive()
    expect(id).not.toBe(old.id)

    for (let loops = 1; loops < 10; loops++) {
      wait(minute)
      expect(session.keepAlive()).toEqual({ id, startTime: start, lastLoop: start + loops * minute, duration: loops })
    }
    expect(session.renew().id).not.toBe(id)
  })

  test('keeps its session where storage can not be written any more during a visit', () => {
    const localStorage = fakeStorage()
    const session = storeOf(fakePage({ localStorage }))
    const { id } = session.keepAlive()
    wait(minute)
    session.keepAlive()
    localStorage.setItem = deny
    for (let loops = 2; loops < 20; loops++) {
      wait(minute)
      expect(session.keepAlive()).toMatchObject({ id, duration: loops })
    }
  })

  test('keeps one session where it may not store yet, and an old one is stored', () => {
    const session = sessionStore(storing(old), times, () => false)
    const { id } = session.keepAlive()
    wait(minute)

    expect(session.keepAlive()).toMatchObject({ id, duration: 1 })
  })

  test('adopts what another tab writes where it can not write itself', () => {
    const localStorage = { ...fakeStorage(new Map([['CRUM', JSON.stringify(old)]])) }
    const write = localStorage.setItem
    localStorage.setItem = deny
    const session = storeOf(fakePage({ localStorage }))
    session.keepAlive()
    wait(minute)
    const theirs = { id: '11111111-theirs', startTime: start, lastLoop: start + minute, duration: 1 }
    write('CRUM', JSON.stringify(theirs))

    expect(session.keepAlive()).toEqual(theirs)
    wait(minute)
    expect(session.keepAlive()).toMatchObject({ id: theirs.id, duration: 2 })
  })

  test.for(['', 'null', '{', '5', '"text"', '[]', '{}', '{"id":"x"}', '{"id":"x","startTime":"a","lastLoop":1}'])(
    'begins its own where %s is stored',
    (value) => {
      const page = storing(value)
      const session = storeOf(page).keepAlive()

      expect(session).toMatchObject({ startTime: start, lastLoop: start })
      expect(stored(page)).toEqual(session)
    },
  )

  const whole = { id: '00000000-known', startTime: start, lastLoop: start, duration: 0 }

  test.for<[string, object]>([
    ['an id that no UUID begins with', { id: 'known' }],
    ['an id with a UUID in its midst', { id: 'x00000000-known' }],
    ['no start', { startTime: 0 }],
    ['a start that is no number', { startTime: 'a' }],
    ['no last sign of life', { lastLoop: 0 }],
    ['one that is no whole number', { lastLoop: 1.5 }],
  ])('begins its own where a session is stored that has %s', ([, broken]) => {
    vi.setSystemTime(1)
    const { id } = storeOf(storing({ ...whole, startTime: 1, lastLoop: 1, ...broken })).keepAlive()

    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-/)
  })

  test('begins afresh when told so', () => {
    const session = storeOf(fakePage())
    const { id } = session.keepAlive()
    wait(1000)

    expect(session.renew().id).not.toBe(id)
  })

  test('does not begin afresh where another tab has kept the session alive', () => {
    const localStorage = fakeStorage()
    const session = storeOf(fakePage({ localStorage }))
    const other = storeOf(fakePage({ localStorage }))
    const { id } = session.keepAlive()
    wait(minute)
    other.keepAlive()
    wait(minute)

    expect(session.renew()).toMatchObject({ id, duration: 2 })
  })

  test('stores nothing while it may not', () => {
    const page = fakePage()
    let mayStore = false
    const session = sessionStore(page, times, () => mayStore)
    const { id } = session.keepAlive()
    expect(stored(page)).toBeNull()

    mayStore = true
    wait(100)
    expect(session.keepAlive().id).toBe(id)
    expect(stored(page)).toMatchObject({ id })
  })

  test('looks once for all samples that leave together', () => {
    const page = fakePage()
    const session = storeOf(page)
    const first = session.keepAlive()
    page.localStorage.removeItem('CRUM')
    wait(99)
    expect(session.keepAlive()).toEqual(first)
    expect(stored(page)).toBeNull()

    wait(1)
    expect(session.keepAlive()).toMatchObject({ id: first.id, lastLoop: start + 100 })
    expect(stored(page)).toMatchObject({ id: first.id })
  })

  test('stores what it has decided before, once it may', () => {
    const page = fakePage()
    let mayStore = false
    const session = sessionStore(page, times, () => mayStore)
    session.keep()
    const { id } = session.keepAlive()
    mayStore = true
    page.hide()
    session.keep()

    expect(stored(page)).toMatchObject({ id, lastLoop: start })
  })

  test('decides nothing only because it may store', () => {
    const page = fakePage()
    storeOf(page).keep()

    expect(stored(page)).toBeNull()
  })

  test('keeps what another tab has decided in the meantime', () => {
    const page = fakePage()
    let mayStore = false
    const session = sessionStore(page, times, () => mayStore)
    session.keepAlive()
    const theirs = { id: '11111111-theirs', startTime: start, lastLoop: start, duration: 0 }
    page.localStorage.setItem('CRUM', JSON.stringify(theirs))
    mayStore = true
    session.keep()

    expect([stored(page), session.current()]).toEqual([theirs, theirs])
  })

  test('forgets what it has stored, where it can', () => {
    const page = fakePage()
    const session = storeOf(page)
    session.keepAlive()
    session.forget()

    expect(stored(page)).toBeNull()
    expect(() => storeOf(fakePage({ localStorage: null })).forget()).not.toThrow()
  })

  test('remembers notes for the next page of the visitor, until all is forgotten', () => {
    const localStorage = fakeStorage()
    const first = storeOf(fakePage({ localStorage }))
    expect(first.recall('gzip')).toBeNull()
    first.remember('gzip', '/rum')

    const next = storeOf(fakePage({ localStorage }))
    expect(next.recall('gzip')).toBe('/rum')
    first.forget()
    expect(storeOf(fakePage({ localStorage })).recall('gzip')).toBeNull()
  })

  test('forgets what earlier pages have noted, and nothing of the page itself', () => {
    const items = new Map([
      ['CRUM', '{}'],
      ['CRUM gzip', '/rum'],
      ['CRUM of a sink', '1'],
      ['CRUMBS', 'of the page'],
    ])
    const listed = Object.assign(Object.create(fakeStorage(items)), Object.fromEntries(items))
    storeOf(fakePage({ localStorage: listed })).forget()

    expect([...items.keys()]).toEqual(['CRUMBS'])
  })

  test('forgets what it has noted itself in a storage that lists no keys', () => {
    const items = new Map<string, string>()
    const session = storeOf(fakePage({ localStorage: fakeStorage(items) }))
    session.keepAlive()
    session.remember('gzip', '/rum')
    session.forget()

    expect([...items.keys()]).toEqual([])
  })

  test('writes a note once', () => {
    const localStorage = fakeStorage()
    const setItem = vi.spyOn(localStorage, 'setItem')
    const session = storeOf(fakePage({ localStorage }))
    for (const value of ['/rum', '/rum', '/other']) session.remember('gzip', value)

    expect(setItem.mock.calls).toEqual([
      ['CRUM gzip', '/rum'],
      ['CRUM gzip', '/other'],
    ])
  })

  test('remembers notes for this page alone where storage is blocked, or not allowed yet', () => {
    for (const [page, mayStore] of [
      [fakePage({ localStorage: null }), true],
      [fakePage(), false],
    ] as const) {
      const session = sessionStore(page, times, () => mayStore)
      session.remember('gzip', '/rum')

      expect(session.recall('gzip')).toBe('/rum')
      expect(page.localStorage?.getItem('CRUM gzip') ?? null).toBeNull()
    }
  })
})

describe('isSampled', () => {
  const session = (id: string) => ({ id, startTime: start, lastLoop: start, duration: 0 })

  test.for<[string, number, boolean]>([
    ['00000000', 0, false],
    ['00000000', 0.01, true],
    ['7fffffff', 0.5, true],
    ['80000000', 0.5, false],
    ['ffffffff', 0.99, false],
    ['ffffffff', 1, true],
  ])('draws a session that begins with %s for a share of %d: %o', ([begin, share, isDrawn]) => {
    expect(isSampled(session(`${begin}-rest`), share)).toBe(isDrawn)
  })

  test('draws about the share that it is given', () => {
    const sessions = Array.from({ length: 1000 }, () => storeOf(fakePage()).keepAlive())
    const drawn = sessions.filter((one) => isSampled(one, 0.25)).length

    // 7 standard deviations on each side
    expect(Math.abs(drawn - 250)).toBeLessThan(100)
  })
})
