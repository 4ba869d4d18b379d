import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { unloading } from '../../../src/page/unloading'
import { forget } from '../../../src/sinks/delivery/database'
import { safekeeping } from '../../../src/sinks/delivery/safekeeping'
import { fakeDatabase } from '../../helpers/database'
import { fakeFetchLater } from '../../helpers/fetchLater'
import { fakePage, type Overrides } from '../../helpers/page'
import { enveloped } from '../../helpers/readings'
import { settled } from '../../helpers/settled'
import type { FakeTarget } from '../../helpers/target'
import { watch } from '../../helpers/watch'

// but for what fake-indexeddb and promises need
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** An envelope whose body is `a` in its first form, and grows. */
const form = (id: string, body = 'a') => enveloped(id, { body })

/** One of an open sample, whose reason is that of what a page that dies leaves behind. */
const open = (id: string, body = 'a') => enveloped(id, { body, reason: 'recovered' })

/** Keeps envelopes for a page that can do all a browser can. */
const keeping = (overrides: Overrides = {}) => {
  const database = fakeDatabase()
  const { fetchLater, armed } = fakeFetchLater()
  const page = fakePage({ ...database.fields, fetchLater: vi.fn(fetchLater), ...overrides })
  const keeper = safekeeping(page, () => 'https://rum.test/rum')
  const { seen, end, unsubscribe } = watch(keeper.kept$)
  keeper.lockHeld('key')
  return {
    ...{ ...keeper, database, page, seen, end, unsubscribe },
    pass: async (ms: number) => {
      vi.advanceTimersByTime(ms)
      await settled()
    },
    armed: () => [...armed].map(({ body }) => body),
    stored: async () => Object.fromEntries((await database.stored()).map(({ id, body }) => [id, body])),
  }
}

describe('safekeeping', () => {
  test('asks nothing of the page before it has something to keep', async () => {
    const { database, page, pass } = keeping()
    await pass(60_000)

    expect(await database.exists()).toBe(false)
    expect(page).toHaveProperty('fetchLater.mock.calls', [])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('gives a sign of life of what is open, again and again, where no lock does', async () => {
    const { keepOpen, keepSealed, pass, database } = keeping()
    const times = async () => Object.fromEntries((await database.stored()).map(({ id, time }) => [id, time]))
    keepOpen({ ...open('key-0'), time: 0 }, false)
    keepSealed([{ ...form('key-1'), time: 0 }])
    await pass(0)
    const signs = []
    for (let times = 0; times < 3; times++) {
      await pass(30_000)
      signs.push(Date.now())
    }

    expect(await times()).toEqual({ 'key-0': signs.at(-1), 'key-1': 0 })
  })

  test('gives none where locks do', async () => {
    const { keepOpen, pass, database } = keeping({ navigator: { locks: {} } })
    keepOpen({ ...open('key-0'), time: 0 }, false)
    await pass(90_000)

    expect((await database.stored()).map(({ time }) => time)).toEqual([0])
  })

  test('stores open and sealed ones, and replaces what has their id', async () => {
    const { keepOpen, keepSealed, pass, stored, seen } = keeping()
    keepOpen(form('key-0'), false)
    keepOpen(form('key-1'), true)
    keepOpen(form('key-0', 'ab'), false)
    await pass(0)
    expect(await stored()).toEqual({ 'key-0': 'ab', 'key-1': 'a' })

    keepSealed([form('key-0', 'abc'), form('key-2')])
    await pass(0)
    expect(await stored()).toEqual({ 'key-0': 'abc', 'key-1': 'a', 'key-2': 'a' })
    expect(seen).toEqual([])
  })

  test('arms what has no answer when the page ends: it gets none any more, and there may be no storage', async () => {
    const { keepOpen, keepSealed, release, page, pass, armed } = keeping()
    keepSealed([form('key-0', 'waits'), form('key-1', 'answered')])
    release('key-1')
    keepOpen(form('key-2', 'open'), true)
    await pass(0)
    expect(armed()).toEqual(['open'])

    page.leave()
    expect(armed()).toEqual(['open', 'waits'])
    // once each
    expect(page).toHaveProperty('fetchLater.mock.calls.length', 2)
  })

  test('stores no open one of a view whose lock is not held: another page would take it for what an ended one has left', async () => {
    const { lockHeld, lockReleased, keepOpen, keepSealed, pass, stored, armed } = keeping()
    lockReleased()
    keepOpen(open('key-0', 'open'), true)
    keepOpen(open('other-0', 'theirs'), false)
    keepSealed([form('key-1', 'sealed')])
    await pass(0)
    expect(await stored()).toEqual({ 'key-1': 'sealed' })
    expect(armed()).toEqual(['open'])

    lockHeld('key')
    await pass(0)
    expect(await stored()).toEqual({ 'key-0': 'open', 'key-1': 'sealed' })
    lockReleased()
    keepOpen(open('key-0', 'grown'), false)
    await pass(0)
    expect(await stored()).toEqual({ 'key-1': 'sealed' })
  })

  test('takes back what is open where the lock of its view is lost, and stores it again with the lock', async () => {
    const { lockHeld, lockReleased, keepOpen, keepSealed, pass, stored } = keeping()
    keepOpen(enveloped('key-0', { body: 'open', reason: 'recovered' }), false)
    keepSealed([form('key-1', 'sealed')])
    await pass(0)
    lockReleased()
    // at once: another page may look as soon as the lock is free
    await pass(0)
    expect(await stored()).toEqual({ 'key-1': 'sealed' })

    lockHeld('key')
    await pass(0)
    expect(await stored()).toEqual({ 'key-0': 'open', 'key-1': 'sealed' })
  })

  test('leaves what is open in the outbox where the page ends, and stores what is sealed then', async () => {
    const { lockReleased, keepOpen, keepSealed, page, pass, stored } = keeping()
    watch(unloading(page))
    keepOpen(enveloped('key-0', { body: 'open', reason: 'recovered' }), false)
    await pass(0)
    // before anybody else hears that it ends
    ;(page as unknown as FakeTarget).hear({ type: 'pagehide' }, ['capture'])
    lockReleased()
    keepSealed([form('key-1', 'last')])
    await pass(1000)
    expect(await stored()).toEqual({ 'key-0': 'open', 'key-1': 'last' })
  })

  test('lets go of what is released, and of nothing else', async () => {
    const { keepOpen, keepSealed, release, pass, stored, armed } = keeping()
    keepOpen(form('key-0', 'open'), true)
    keepSealed([form('key-1', 'one'), form('key-2', 'two')])
    await pass(250)
    expect(armed()).toEqual(['open', 'one', 'two'])

    for (const id of ['key-0', 'key-2', 'other']) release(id)
    await pass(1000)
    expect(armed()).toEqual(['one'])
    expect(await stored()).toEqual({ 'key-1': 'one' })
  })

  test('leaves to the outbox what the browser has taken, and arms it no more', async () => {
    const { keepOpen, keepSealed, entrust, page, pass, stored, armed } = keeping()
    keepOpen(form('key-0'), true)
    keepSealed([form('key-1')])
    await pass(0)
    for (const id of ['key-0', 'key-1']) entrust(id)
    expect(armed()).toEqual([])

    await pass(1000)
    expect(armed()).toEqual([])
    expect(await stored()).toEqual({ 'key-0': 'a', 'key-1': 'a' })
    forget(page)
    await settled()
    expect(await stored()).toEqual({})
  })

  test('stores again what it keeps where somebody has deleted the outbox', async () => {
    const { keepOpen, keepSealed, release, page, pass, stored } = keeping()
    keepOpen(form('key-0'), false)
    keepSealed([form('key-1'), form('key-2')])
    release('key-1')
    await pass(1000)
    forget(page)
    await settled()

    expect(await stored()).toEqual({ 'key-0': 'a', 'key-2': 'a' })
  })

  test('stores again what it keeps where somebody has deleted the outbox while it was closed', async () => {
    const { database, page, keepOpen, keepSealed, lockReleased, pass, stored } = keeping()
    lockReleased()
    keepOpen(open('key-0'), false)
    keepSealed([form('key-1')])
    await pass(0)
    page.leave()
    page.restore()
    await pass(0)
    forget(database.fields as never)
    await pass(0)
    expect(await database.exists()).toBe(false)

    keepSealed([form('key-2')])
    await pass(0)
    // an open one of a view whose lock is not held would be taken for what an ended page has left
    expect(await stored()).toEqual({ 'key-1': 'a', 'key-2': 'a' })
  })

  test('says once that there is no storage, and keeps what it can with the browser', async () => {
    const { keepOpen, keepSealed, release, pass, seen, end, armed } = keeping({ indexedDB: undefined })
    keepOpen(form('key-0', 'open'), true)
    keepSealed([form('key-1', 'sealed'), form('key-2')])
    release('key-2')
    await pass(1000)

    expect(seen).toEqual([{ type: 'unstored', cause: expect.stringContaining('TypeError') }])
    expect(end.completed).toBe(false)
    expect(armed()).toEqual(['open', 'sealed'])
  })

  test('stores where the browser keeps nothing', async () => {
    const { keepOpen, keepSealed, entrust, release, pass, stored, seen } = keeping({ fetchLater: undefined })
    keepOpen(form('key-0'), true)
    keepSealed([form('key-1'), form('key-2'), form('key-3')])
    await pass(250)
    entrust('key-1')
    release('key-2')
    await pass(1000)

    expect(await stored()).toEqual({ 'key-0': 'a', 'key-1': 'a', 'key-3': 'a' })
    expect(seen).toEqual([])
  })
})

describe('safekeeping of an open sample', () => {
  test('is left to the outbox alone where it is not urgent', async () => {
    const { keepOpen, pass, armed } = keeping()
    keepOpen(form('key-0'), false)
    await pass(60_000)

    expect(armed()).toEqual([])
  })

  test('is armed at once where it is', () => {
    const { keepOpen, armed } = keeping()
    keepOpen(form('key-0'), true)

    expect(armed()).toEqual(['a'])
  })

  test('leaves with the browser nothing that is out of date', () => {
    const { keepOpen, armed } = keeping()
    keepOpen(form('key-0'), true)
    keepOpen(form('key-1', 'other'), false)
    keepOpen(form('key-0', 'ab'), false)

    expect(armed()).toEqual(['ab'])
  })
})

describe('safekeeping of a sealed one', () => {
  test('is armed when it has not been released for 250 ms', async () => {
    const { keepSealed, pass, armed } = keeping()
    keepSealed([form('key-0', 'one'), form('key-1', 'two')])
    await pass(100)
    keepSealed([form('key-2', 'three')])
    await pass(149)
    expect(armed()).toEqual([])

    await pass(1)
    expect(armed()).toEqual(['one', 'two'])
    await pass(100)
    expect(armed()).toEqual(['one', 'two', 'three'])
  })

  test('asks nothing of the browser where it is released before', async () => {
    const { keepSealed, release, page, pass } = keeping()
    keepSealed([form('key-0')])
    await pass(249)
    release('key-0')
    await pass(1000)

    expect(page).toHaveProperty('fetchLater.mock.calls', [])
  })

  test('takes the place of what was armed of it while it was open, so that no crash finds a gap', async () => {
    const { keepOpen, keepSealed, page, pass, armed } = keeping()
    keepOpen(form('key-0'), true)
    keepOpen(form('key-1', 'open'), true)
    keepSealed([form('key-0', 'ab')])
    expect(armed()).toEqual(['open', 'ab'])

    await pass(250)
    expect(armed()).toEqual(['open', 'ab'])
    expect(page).toHaveProperty('fetchLater.mock.calls.length', 3)
  })

  test('arms none that another one has replaced', async () => {
    const { keepSealed, pass, armed } = keeping()
    keepSealed([form('key-0', 'whole')])
    await pass(200)
    keepSealed([form('key-0', 'half'), form('key-0.1', 'other half')])
    await pass(50)
    expect(armed()).toEqual([])

    await pass(200)
    expect(armed()).toEqual(['half', 'other half'])
  })

  test('is armed at once where the page ends, and not where it is only hidden', () => {
    const { keepSealed, page, armed } = keeping()
    watch(unloading(page))
    page.document.addEventListener('visibilitychange', () => keepSealed([form('key-0', 'hidden')]))
    page.addEventListener('pagehide', () => keepSealed([form('key-1', 'gone')]))
    page.hide()
    expect(armed()).toEqual([])

    page.leave()
    expect(armed()).toContain('gone')
  })
})

describe('safekeeping in a page that is gone', () => {
  test('knows that it is, until it comes back', () => {
    const { isGone, page } = keeping()
    const states = [() => {}, page.hide, page.leave, page.restore].map((act) => {
      act()
      return isGone()
    })

    expect(states).toEqual([false, false, true, false])
  })

  test('opens nothing, and stores what it was told meanwhile with the next one after its return', async () => {
    const { keepOpen, page, pass, stored, armed } = keeping()
    const opened = vi.spyOn(page.indexedDB, 'open')
    page.leave()
    keepOpen(form('key-0'), false)
    await pass(60_000)
    keepOpen(form('key-0', 'ab'), false)
    await pass(60_000)
    expect(opened).not.toHaveBeenCalled()

    page.restore()
    keepOpen(form('key-1'), false)
    await pass(0)
    expect(await stored()).toEqual({ 'key-0': 'ab', 'key-1': 'a' })
    expect(armed()).toEqual([])
  })
})

describe('the end of safekeeping', () => {
  test('takes back what the browser has, and goes on storing, where nothing may reach the endpoint', async () => {
    const { keepOpen, keepSealed, disarm, pass, stored, armed, end } = keeping()
    keepOpen(form('key-0'), true)
    keepSealed([form('key-1')])
    disarm()
    keepOpen(form('key-2'), true)
    await pass(250)

    expect(armed()).toEqual([])
    expect(await stored()).toEqual({ 'key-0': 'a', 'key-1': 'a', 'key-2': 'a' })
    expect(end.completed).toBe(false)
  })

  test('comes when it is closed: all it has is stored, nothing is armed, and nothing left open', async () => {
    const { keepOpen, keepSealed, close, page, pass, stored, armed, end } = keeping()
    keepOpen(form('key-0'), true)
    await pass(0)
    keepSealed([form('key-1')])
    close()
    await pass(0)
    expect(end).toEqual({ completed: true, error: undefined })
    expect(page.open()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)

    keepSealed([form('key-2')])
    keepOpen(form('key-3'), true)
    await pass(1000)
    expect(armed()).toEqual([])
    expect(await stored()).toEqual({ 'key-0': 'a', 'key-1': 'a' })
  })

  test('comes also where it never had anything', () => {
    const { close, page, end } = keeping()
    close()

    expect(end.completed).toBe(true)
    expect(page.open()).toBe(0)
  })

  test('leaves nothing open when unsubscribed', async () => {
    const { keepOpen, keepSealed, unsubscribe, page, pass, stored } = keeping()
    keepOpen(form('key-0'), false)
    keepSealed([form('key-1')])
    await pass(0)
    expect(page.open()).toBeGreaterThan(0)
    expect(vi.getTimerCount()).toBeGreaterThan(0)

    unsubscribe()
    expect(page.open()).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
    keepOpen(form('key-2'), false)
    await pass(1000)
    expect(await stored()).toEqual({ 'key-0': 'a', 'key-1': 'a' })
  })
})
