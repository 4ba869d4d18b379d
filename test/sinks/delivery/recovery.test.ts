import { type Observable, of, Subject, tap } from 'rxjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Envelope } from '../../../src/sinks/delivery/envelope'
import { holdLock, recovery, takeBack, viewLock, viewOf } from '../../../src/sinks/delivery/recovery'
import { fakeDatabase } from '../../helpers/database'
import { listened } from '../../helpers/listened'
import { fakeLocks } from '../../helpers/locks'
import { type FakePage, fakePage, type Overrides } from '../../helpers/page'
import { enveloped } from '../../helpers/readings'
import { settled } from '../../helpers/settled'
import { watch } from '../../helpers/watch'

afterEach(() => vi.useRealTimers())

const endpoint = 'https://rum.test/rum'
const week = 7 * 24 * 60 * 60 * 1000
const ids = (envelopes: Envelope[]) => envelopes.map(({ id }) => id)
/** What is left, where each is settled as soon as it is told. */
const leftIn = (page: FakePage, when$: Observable<unknown> = of(0)) => {
  const settled$ = new Subject<string>()
  return recovery(page, endpoint, when$, settled$).pipe(tap(({ id }) => settled$.next(id)))
}

/** An origin with this in its outbox, and any number of its pages. */
const origin = async (...left: Envelope[]) => {
  const { fields, put } = fakeDatabase()
  await put(...left)
  const locks = fakeLocks()
  return { locks, page: (overrides: Overrides = {}) => fakePage({ navigator: { locks }, ...fields, ...overrides }) }
}

describe('takeBack', () => {
  test('emits what is still stored of these ids, each once, and nothing else', async () => {
    const { page } = await origin(...['10-a-0', '10-a-1', '10-a-2', '20-b-0'].map((id) => enveloped(id)))
    const entrusted = new Set(['10-a-1', '10-a-2', '30-c-0'])
    const { seen } = watch(takeBack(page(), entrusted))
    await settled()

    expect(ids(seen)).toEqual(['10-a-1', '10-a-2'])
    // that one may not have been written yet
    expect([...entrusted]).toEqual(['30-c-0'])
  })
})

describe('holdLock', () => {
  const holding = async () => {
    const { locks, page } = await origin()
    const own = page()
    const view$ = new Subject<string>()
    const { seen, unsubscribe } = watch(view$.pipe(holdLock(own, endpoint)))
    const tell = async (view: string) => {
      view$.next(view)
      await settled()
    }
    return { locks, page: own, seen, unsubscribe, tell, names: () => [...locks.held].map((name) => name.split(' ')[1]) }
  }

  test('emits the view once its lock is held, and asks for it once', async () => {
    const { seen, tell, names } = await holding()
    await tell('a')
    await tell('a')

    expect(seen).toEqual(['a'])
    expect(names()).toEqual(['a'])
  })

  test('lets go of it for another view, and when the page may end, and asks again for what is told after that', async () => {
    const { seen, page, tell, names } = await holding()
    await tell('a')
    await tell('b')
    expect(names()).toEqual(['b'])

    page.hide()
    await settled()
    expect([seen, names()]).toEqual([['a', 'b', ''], []])
    await tell('b')
    expect([seen, names()]).toEqual([['a', 'b', '', 'b'], ['b']])
  })

  test('leaves nothing open when unsubscribed', async () => {
    const { page, tell, locks, unsubscribe } = await holding()
    await tell('a')
    unsubscribe()
    await settled()

    expect(locks.held.size).toBe(0)
    expect(page.open()).toBe(0)
  })
})

describe('leftBehind', () => {
  test('emits what is left of each view, the oldest first, when it is time', async () => {
    const when$ = new Subject()
    const { page } = await origin(...['20-b-1', '10-a-0', '20-b-0'].map((id) => enveloped(id)))
    const { seen } = watch(leftIn(page(), when$))
    await settled()
    expect(seen).toEqual([])

    when$.next(0)
    await settled()
    expect(ids(seen)).toEqual(['10-a-0', '20-b-0', '20-b-1'])
  })

  test('asks once', async () => {
    const when$ = new Subject()
    const { page } = await origin(enveloped('10-a-0'))
    const { value$, listeners } = listened(when$)
    const { seen } = watch(leftIn(page(), value$))
    expect(listeners()).toBe(1)
    for (const at of [1, 2]) {
      when$.next(at)
      await settled()
    }

    expect(ids(seen)).toEqual(['10-a-0'])
    expect(listeners()).toBe(0)
  })

  test('leaves alone what belongs to a page that lives', async () => {
    const { page, locks } = await origin(enveloped('10-a-0'), enveloped('20-b-0'))
    watch(viewLock(page(), endpoint, '10-a'))
    await settled()
    const { seen } = watch(leftIn(page()))
    await settled()

    expect(ids(seen)).toEqual(['20-b-0'])
    expect(locks.waiting).toEqual([])
  })

  test('gives each list to one page, however many ask', async () => {
    const left = ['10-a-0', '20-b-0', '30-c-0']
    const { page } = await origin(...left.map((id) => enveloped(id)))
    const pages = Array.from({ length: 5 }, () => watch(leftIn(page())))
    await settled(200)

    expect(pages.flatMap(({ seen }) => ids(seen)).sort()).toEqual(left)
  })

  test('keeps the locks of what it has emitted, until the page is left', async () => {
    const { locks, page } = await origin(enveloped('10-a-0'), enveloped('20-b-0'))
    const reading = page()
    watch(leftIn(reading))
    await settled()
    expect([...locks.held].map((name) => name.split(' ')[1])).toEqual(['10-a', '20-b'])

    reading.leave()
    await settled()
    expect(locks.held.size).toBe(0)
  })

  test('leaves to each endpoint what is its own, but what is too old for any', async () => {
    const elsewhere = { endpoint: 'https://other.test/rum' }
    const { page } = await origin(
      enveloped('10-a-0'),
      enveloped('10-a-1', elsewhere),
      enveloped('20-b-0', { ...elsewhere, time: Date.now() - week - 1000 }),
    )
    const { seen } = watch(leftIn(page()))
    await settled()

    expect(ids(seen)).toEqual(['10-a-0', '20-b-0'])
  })

  test('counts as left, where there are no locks, an open one whose page has given no sign of life for three minutes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const ago = (ms: number) => ({ time: Date.now() - ms, reason: 'recovered' as const })
    const { page } = await origin(enveloped('10-a-0', ago(180_001)), enveloped('20-b-0', ago(180_000)))
    const { seen } = watch(leftIn(page({ navigator: {} })))
    await settled()

    expect(ids(seen)).toEqual(['10-a-0'])
  })

  test('counts as left, where there are no locks, what was not touched for a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const ago = (ms: number) => ({ time: Date.now() - ms })
    const { page } = await origin(
      enveloped('10-a-0', ago(60_001)),
      enveloped('20-b-0', ago(60_000)),
      // the clock was set back since
      enveloped('30-c-0', ago(-3_600_000)),
    )
    const { seen } = watch(leftIn(page({ navigator: {} })))
    await settled()

    expect(ids(seen)).toEqual(['10-a-0', '30-c-0'])
  })

  test('hands over four of a view at a time, and more as these are settled, whichever', async () => {
    const left = Array.from({ length: 12 }, (_, seq) => enveloped(`10-a-${String(seq).padStart(2, '0')}`, { seq }))
    const { page } = await origin(...left)
    const settled$ = new Subject<string>()
    const reading = page()
    const { seen } = watch(recovery(reading, endpoint, of(0), settled$))
    await settled()
    expect(ids(seen)).toEqual(ids(left.slice(0, 4)))

    for (const id of ['10-a-03', 'other', '10-a-03', '10-a-00']) settled$.next(id)
    expect(ids(seen)).toEqual(ids(left.slice(0, 6)))
    reading.hide()
    settled$.next('10-a-01')
    expect(seen).toHaveLength(6)
  })

  test('reads 16 views at a time, and gives back the lock of each two seconds after its last envelope was settled', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const left = Array.from({ length: 18 }, (_, at) => enveloped(`${10 + at}-a-0`))
    const { page, locks } = await origin(...left)
    const settled$ = new Subject<string>()
    const { seen, end } = watch(recovery(page(), endpoint, of(0), settled$))
    await settled()
    expect(ids(seen)).toEqual(ids(left.slice(0, 16)))

    for (const id of ids(left.slice(0, 2))) settled$.next(id)
    vi.advanceTimersByTime(1999)
    await settled()
    expect([seen.length, locks.held.size]).toEqual([16, 16])
    vi.advanceTimersByTime(1)
    await settled()
    expect(ids(seen)).toEqual(ids(left))
    expect([...locks.held].map((name) => name.split(' ')[1])).toEqual(ids(left.slice(2)).map(viewOf))

    for (const id of ids(left)) settled$.next(id)
    vi.advanceTimersByTime(2000)
    await settled()
    expect([end.completed, locks.held.size]).toEqual([true, 0])
  })

  test('takes the oldest of more than 500 for too many, whichever view they are of', async () => {
    const left = Array.from({ length: 503 }, (_, at) => enveloped(`${at < 2 ? 10 : 20}-a-${1000 + at}`, { seq: at }))
    const { page } = await origin(...left)
    const { seen } = watch(leftIn(page()))
    await settled(20)

    expect(seen).toHaveLength(503)
    expect(ids(seen.filter(({ isExcess }) => isExcess))).toEqual(ids(left.slice(0, 3)))
  })

  test('emits nothing where nothing was left', async () => {
    const { page, locks } = await origin()
    const { seen, end } = watch(leftIn(page()))
    await settled()

    expect(seen).toEqual([])
    expect(end.completed).toBe(true)
    expect(locks.held.size).toBe(0)
  })

  test('fails where the outbox can not be read', async () => {
    const { page } = await origin()
    const { seen, end } = watch(leftIn(page({ indexedDB: undefined })))
    await settled()

    expect(seen).toEqual([])
    expect(end.error).toBeInstanceOf(TypeError)
  })

  test('leaves nothing open when unsubscribed', async () => {
    const { locks, page } = await origin(enveloped('10-a-0'))
    const when$ = new Subject()
    const reading = page()
    const { unsubscribe } = watch(leftIn(reading, when$))
    when$.next(0)
    await settled()
    expect(reading.open()).toBeGreaterThan(0)

    unsubscribe()
    await settled()
    expect(reading.open()).toBe(0)
    expect(locks.held.size).toBe(0)
  })
})

describe('viewOf', () => {
  test.for([
    ['1700000000000-0d9f-4c1e-0', '1700000000000-0d9f-4c1e'],
    ['1700000000000-0d9f-4c1e-12', '1700000000000-0d9f-4c1e'],
    ['1700000000000-0d9f-4c1e-12.1.1', '1700000000000-0d9f-4c1e'],
  ] as const)('sees in %s the view %s', ([id, view]) => {
    expect(viewOf(id)).toBe(view)
  })
})
