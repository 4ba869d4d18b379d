import { forceCloseDatabase, IDBDatabase, IDBObjectStore, IDBTransaction } from 'fake-indexeddb'
import { Subject } from 'rxjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { forget } from '../../../src/sinks/delivery/database'
import { type Change, keepIn, storedIds, storedOf } from '../../../src/sinks/delivery/outbox'
import { fakeDatabase } from '../../helpers/database'
import { listened } from '../../helpers/listened'
import { marbles } from '../../helpers/marbles'
import { fakePage, type Overrides } from '../../helpers/page'
import { enveloped } from '../../helpers/readings'
import { settled } from '../../helpers/settled'
import { watch } from '../../helpers/watch'

// but for what fake-indexeddb and promises need
beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const put = (id: string, body = '1'): Change => [[id, enveloped(id, { body, time: 0 })]]
const remove = (id: string): Change => [[id, null]]

/** A page that keeps changes, and all that it does with its database. */
const keeping = (overrides: Overrides = {}) => {
  const database = fakeDatabase()
  const page = fakePage({ ...database.fields, ...overrides })
  const change$ = new Subject<Change>()
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')
  const closings = vi.spyOn(IDBDatabase.prototype, 'close')
  const { value$, listeners } = listened(change$)
  const { seen, end, unsubscribe } = watch(value$.pipe(keepIn(page)))
  const change = async (...changes: Change[]) => {
    for (const one of changes) change$.next(one)
    await settled()
  }
  const pass = async (ms: number) => {
    vi.advanceTimersByTime(ms)
    await settled()
  }
  /** The making of a database is a transaction too. */
  const writings = () => transactions.mock.calls.filter(([, mode]) => mode === 'readwrite')
  return { database, page, change$, listeners, transactions, writings, closings, seen, end, unsubscribe, change, pass }
}

const idsIn = async ({ stored }: { stored(): Promise<{ id: string }[]> }) => (await stored()).map(({ id }) => id)

describe('keepIn', () => {
  test('opens nothing before the first change', async () => {
    const { database, transactions } = keeping()
    await settled()

    expect(await database.exists()).toBe(false)
    expect(transactions).not.toHaveBeenCalled()
  })

  test('stores what it is told, replaces it, and removes it', async () => {
    const { database, change, pass, seen } = keeping()
    await change(put('a'), put('b'), put('c'))
    await change(put('b', 'again'))
    await change(remove('a'), remove('never'))
    await pass(1000)

    expect(await database.stored()).toEqual([put('b', 'again')[0]?.[1], put('c')[0]?.[1]])
    expect(seen).toEqual([])
  })

  test('writes in one transaction what comes before the database is open', async () => {
    const { database, change, writings } = keeping()
    await change(put('a'), put('b', 'first'), put('b', 'last'), put('c'), remove('c'))

    expect(writings()).toHaveLength(1)
    expect(await database.stored()).toEqual([put('a')[0]?.[1], put('b', 'last')[0]?.[1]])
  })

  test('has ten transactions open at most where a database commits nothing, and writes the rest when the page may end', async () => {
    const { page, change, transactions } = keeping()
    await change(put('first'))
    const opened = committingNothing(transactions)
    for (let n = 0; n < 30; n++) await change(put(`${n}`))
    expect(opened.map(({ put }) => put)).toEqual(Array.from({ length: 10 }, (_, n) => [`${n}`]))

    opened[0]?.oncomplete?.()
    expect(opened.at(-1)?.put).toEqual(Array.from({ length: 20 }, (_, n) => `${n + 10}`))
    await change(put('last'))
    expect(opened).toHaveLength(11)
    page.leave()
    expect(opened.at(-1)?.put).toEqual(['last'])
  })

  test('counts transactions anew where a database that commits nothing is opened again', async () => {
    const { page, change, transactions } = keeping()
    await change(put('first'))
    const opened = committingNothing(transactions)
    for (let n = 0; n < 10; n++) await change(put(`${n}`))
    page.leave()
    page.restore()
    await change(put('again'))

    expect(opened.at(-1)?.put).toEqual(['again'])
  })

  test('writes each later change in a transaction of its own, committed at once', async () => {
    const { database, change, writings } = keeping()
    await change(put('a'))
    const commits = vi.spyOn(IDBTransaction.prototype, 'commit')
    await change(put('b'), put('c'))

    expect(writings()).toEqual(Array(3).fill(['beacons', 'readwrite', { durability: 'relaxed' }]))
    expect(commits).toHaveBeenCalledTimes(2)
    expect(await idsIn(database)).toEqual(['a', 'b', 'c'])
  })

  test('writes a list of changes in one transaction', async () => {
    const { database, change, writings } = keeping()
    await change([...put('a'), ...put('b'), ...put('c')])
    await change([...put('d'), ['a', null], ...put('b', 'again'), ['d', null]])

    expect(writings()).toHaveLength(2)
    expect(await database.stored()).toEqual([put('b', 'again')[0]?.[1], put('c')[0]?.[1]])
  })

  test('removes within a second, all in one transaction', async () => {
    const { database, change, pass, writings } = keeping()
    await change(put('a'), put('b'), put('c'))
    await pass(1000)
    const before = writings().length
    await change(remove('a'))
    await pass(500)
    await change(remove('b'))
    await pass(499)
    expect(await idsIn(database)).toEqual(['a', 'b', 'c'])

    await pass(1)
    expect(await idsIn(database)).toEqual(['c'])
    expect(writings().filter(([, , options]) => options)).toHaveLength(before + 1)
  })

  test('removes at once what is pressing', async () => {
    const { database, change } = keeping()
    await change(put('a'), put('b'))
    await change([['a', null, true]])

    expect(await database.stored()).toEqual([put('b')[0]?.[1]])
  })

  test('removes with what it stores next, if that comes earlier', async () => {
    const { database, change, pass, writings } = keeping()
    await change(put('a'))
    await change(remove('a'))
    await change(put('b'))
    const ids = await idsIn(database)
    await pass(1000)

    expect(ids).toEqual(['b'])
    expect(writings().filter(([, , options]) => options)).toHaveLength(2)
  })

  test('removes nothing the sooner because something else is stored by then', async () => {
    const { database, change, pass } = keeping()
    await change(put('a'))
    await change(put('b'), remove('a'))
    expect(await idsIn(database)).toEqual(['a', 'b'])

    await pass(1000)
    expect(await idsIn(database)).toEqual(['b'])
  })

  test('ends with what it was told last under an id', async () => {
    const { database, change, pass } = keeping()
    await change(put('a'), put('b'))
    await change(remove('a'), put('a', 'again'), remove('a'))
    await change(remove('b'), put('b', 'again'))
    await pass(1000)

    expect(await database.stored()).toEqual([put('b', 'again')[0]?.[1]])
  })

  test('removes what was told before the page is left', async () => {
    const { database, page, change, change$ } = keeping()
    await change(put('a'), put('b'))
    change$.next(remove('a'))
    page.leave()
    await settled()

    expect(await idsIn(database)).toEqual(['b'])
  })

  test('has no timer where nothing changes', async () => {
    const { change, pass } = keeping()
    await change(put('a'))
    await change(remove('a'))
    await pass(1000)

    expect(vi.getTimerCount()).toBe(0)
  })

  test('opens nothing, or no transaction, for a list of no changes', async () => {
    const { change, writings } = keeping()
    await change([])
    await change(put('a'))
    await change([])

    expect(writings()).toHaveLength(1)
  })

  test('closes whenever the page may end, with the last change written, and opens again for the next', async () => {
    const { database, page, change, change$, closings } = keeping()
    await change(put('a'))
    expect(closings).not.toHaveBeenCalled()

    change$.next(put('b'))
    page.leave()
    expect(closings).toHaveBeenCalled()
    await settled()
    expect(await idsIn(database)).toEqual(['a', 'b'])

    page.restore()
    await change(put('c'))
    expect(await idsIn(database)).toEqual(['a', 'b', 'c'])
  })

  test('writes what was told before a page is left whose database is not open yet', async () => {
    const { database, page, change$ } = keeping()
    change$.next(put('a'))
    page.leave()
    await settled()

    expect(await idsIn(database)).toEqual(['a'])
  })

  test('writes what was told before a page is left once more whose database is not open again', async () => {
    const { database, page, change, change$, end } = keeping()
    await change(put('a'))
    page.leave()
    page.restore()
    change$.next(put('b'))
    page.leave()
    await settled()

    expect(end.error).toBeUndefined()
    expect(await idsIn(database)).toEqual(['a', 'b'])
  })

  test('writes what was told before the changes end, and closes', async () => {
    const { database, change$, closings, end } = keeping()
    change$.next(put('a'))
    change$.complete()
    await settled()

    expect(end.completed).toBe(true)
    expect(closings).toHaveBeenCalled()
    expect(await idsIn(database)).toEqual(['a'])
  })

  test('lets go of the database when somebody deletes it, and makes another for the next change', async () => {
    const { database, change, end } = keeping()
    await change(put('a'))
    forget(database.fields as never)
    await settled()
    expect(await database.exists()).toBe(false)

    await change(put('b'))
    expect(await idsIn(database)).toEqual(['b'])
    expect(end.error).toBeUndefined()
  })

  test('opens again where the browser has closed the database', async () => {
    const { database, change, transactions, end } = keeping()
    await change(put('a'))
    forceCloseDatabase(transactions.mock.contexts[0] as never)
    await settled()
    await change(put('b'))

    expect(await idsIn(database)).toEqual(['a', 'b'])
    expect(end.error).toBeUndefined()
  })

  test.for<[times: number, ends: string | undefined, ids: string[]]>([
    [1, undefined, ['a', 'b']],
    [2, 'AbortError', []],
  ])('tries once more, after a second, where its opening is broken off %i times', async ([times, ends, ids]) => {
    const { indexedDB } = fakeDatabase().fields
    const opened = vi.spyOn(indexedDB, 'open')
    const broken = () => failing(new DOMException('broken off', 'AbortError')) as unknown as IDBOpenDBRequest
    for (let n = 0; n < times; n++) opened.mockImplementationOnce(broken)
    const { change, pass, end } = keeping({ indexedDB })
    await change(put('a'))
    await pass(999)
    await change(put('b'))
    expect(opened).toHaveBeenCalledOnce()

    await pass(1)
    expect((end.error as Error | undefined)?.name).toBe(ends)
    expect(opened).toHaveBeenCalledTimes(2)
    expect(vi.getTimerCount()).toBe(0)
    opened.mockRestore()
    const opening = indexedDB.open('CRUM')
    await settled()
    const names = [...opening.result.objectStoreNames]
    const keys = names[0] && opening.result.transaction(names).objectStore('beacons').getAllKeys()
    await settled()
    expect(keys ? keys.result : []).toEqual(ids)
  })

  test('opens again for the next change where a database is taken away while it writes', async () => {
    const { database, change, transactions, closings, end } = keeping()
    await change(put('a'))
    const breaking = vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementationOnce(function (this: object) {
      ;(this as { _abort(name: string): void })._abort('AbortError')
    })
    await change(put('b'))
    expect(breaking).toHaveBeenCalledOnce()
    expect(closings).toHaveBeenCalledOnce()
    expect(end).toEqual({ completed: false, error: undefined })

    await change(put('c'))
    expect(transactions.mock.contexts.at(-1)).not.toBe(transactions.mock.contexts[0])
    expect(await idsIn(database)).toContain('c')
  })

  test.for<[string, () => void]>([
    [
      'breaks off what it writes, as WebKit does',
      () =>
        vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementationOnce(function (this: object) {
          ;(this as { _abort(name: string): void })._abort('UnknownError')
        }),
    ],
    [
      'is closing the connection, and has not said so',
      () =>
        vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
          throw new DOMException('The database connection is closing.', 'InvalidStateError')
        }),
    ],
  ])(
    'opens again after a second, as often as it comes to that, where a browser that clears the data of the site %s',
    async ([, clear]) => {
      const { database, change, pass, end } = keeping()
      await change(put('a'))
      for (const times of [1, 2, 3]) {
        clear()
        await change(put('b'))
        await change(put(`c${times}`))
        await pass(999)
        expect(await idsIn(database)).not.toContain(`c${times}`)

        await pass(1)
        expect(await idsIn(database)).toContain(`c${times}`)
        expect(end).toEqual({ completed: false, error: undefined })
      }
    },
  )

  test('is told that the database was taken away also where it has let go of it before', async () => {
    const { fields } = fakeDatabase()
    const taken = vi.fn()
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const change$ = new Subject<Change>()
    watch(change$.pipe(keepIn(fakePage(fields), taken)))
    change$.next(put('a'))
    await settled()
    taken.mockClear()
    transactions.mockImplementationOnce(() => {
      throw new DOMException('The database connection is closing.', 'InvalidStateError')
    })
    change$.next(put('b'))
    ;(transactions.mock.contexts[0] as globalThis.IDBDatabase).onclose?.(new Event('close'))

    expect(taken).toHaveBeenCalledOnce()
  })

  test('writes into a database of a later client, which has the same store', async () => {
    const { database, change } = keeping()
    const later = await database.open(7)
    later.close()
    await change(put('a'))

    expect(await idsIn(database)).toEqual(['a'])
  })

  test('fails where a later client has another store', async () => {
    const { database, change, end } = keeping()
    const later = await database.open(7, (db) => void db.createObjectStore('other'))
    later.close()
    await change(put('a'))

    expect(end.error).toMatchObject({ name: 'NotFoundError' })
  })

  test.for<[string, Overrides]>([
    ['is missing', { indexedDB: undefined }],
    [
      'may not be touched',
      {
        get indexedDB() {
          throw new DOMException('denied', 'SecurityError')
        },
      },
    ],
    ['can not be opened', { indexedDB: { open: () => failing(new DOMException('denied', 'SecurityError')) } }],
  ])('fails with the first change where storage %s', async ([, fields]) => {
    const change$ = new Subject<Change>()
    const page = fakePage()
    Object.defineProperties(page, Object.getOwnPropertyDescriptors(fields))
    const { seen, end } = watch(change$.pipe(keepIn(page)))
    expect(end.error).toBeUndefined()

    change$.next(put('a'))
    await settled()
    expect(end.error).toBeInstanceOf(Error)
    expect(seen).toEqual([])
    expect(page.open()).toBe(0)
  })

  test('fails where there is no room left', async () => {
    const { change, end, closings } = keeping()
    await change(put('a'))
    // a full disk shows when it comes to writing
    vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: object) {
      ;(this as { _abort(name: string): void })._abort('QuotaExceededError')
    })
    await change(put('b'))

    expect(end.error).toMatchObject({ name: 'QuotaExceededError' })
    expect(closings).toHaveBeenCalled()
  })

  test('fails where a write is broken off without a reason', async () => {
    const { change, end, closings } = keeping()
    await change(put('a'))
    vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
      this.abort()
    })
    await change(put('b'))

    expect(end.error).toBeNull()
    expect(closings).toHaveBeenCalled()
  })

  test('waits in silence for a database that does not open', async () => {
    const open = vi.fn(() => ({}))
    const { change, listeners, page, seen, end, unsubscribe } = keeping({ indexedDB: { open } })
    await change(put('a'), put('b'))
    page.leave()
    await change(put('c'))

    expect(open).toHaveBeenCalledOnce()
    expect(seen).toEqual([])
    expect(end).toEqual({ completed: false, error: undefined })

    unsubscribe()
    expect(page.open()).toBe(0)
    expect(listeners()).toBe(0)
  })

  test('closes a database that opens when nobody waits for it any more', async () => {
    const { change$, closings, writings, unsubscribe } = keeping()
    change$.next(put('a'))
    unsubscribe()
    await settled()

    expect(closings).toHaveBeenCalledOnce()
    expect(writings()).toEqual([])
  })

  test('leaves nothing open when unsubscribed', async () => {
    const { change, page, listeners, closings, unsubscribe } = keeping()
    await change(put('a'))
    expect(page.open()).toBeGreaterThan(0)
    expect(listeners()).toBeGreaterThan(0)

    unsubscribe()
    expect(page.open()).toBe(0)
    expect(listeners()).toBe(0)
    expect(closings).toHaveBeenCalledOnce()
  })

  marbles('ends and fails with its source where nothing is to be kept', ({ hot, expectObservable }) => {
    const nothing = hot<Change>('---|')
    const broken = hot<Change>(' --#')

    expectObservable(nothing.pipe(keepIn(fakePage()))).toBe('---|')
    expectObservable(broken.pipe(keepIn(fakePage()))).toBe(' --#')
  })
})

describe('storedIds', () => {
  test('tells the ids of all pages of the origin, in the order of their views', async () => {
    const { fields, put } = fakeDatabase()
    await put(...['20-b-0', '10-a-1', '10-a-0', '30-c-0'].map((id) => enveloped(id)))
    const { seen, end } = watch(storedIds(fakePage(fields)))
    await settled()

    expect(seen).toEqual([['10-a-0', '10-a-1', '20-b-0', '30-c-0']])
    expect(end.completed).toBe(true)
  })

  test('tells none where nothing was ever stored', async () => {
    const { seen } = watch(storedIds(fakePage(fakeDatabase().fields)))
    await settled()

    expect(seen).toEqual([[]])
  })

  test('fails where the browser can not read them', async () => {
    const error = new DOMException('broken', 'UnknownError')
    vi.spyOn(IDBObjectStore.prototype, 'getAllKeys').mockImplementation(() => failing(error) as never)
    const { end } = watch(storedIds(fakePage(fakeDatabase().fields)))
    await settled()

    expect(end.error).toBe(error)
  })

  test('closes the database behind it', async () => {
    const closings = vi.spyOn(IDBDatabase.prototype, 'close')
    watch(storedIds(fakePage(fakeDatabase().fields)))
    await settled()

    expect(closings).toHaveBeenCalledOnce()
  })
})

describe('storedOf', () => {
  test('tells what is stored of one view, by number', async () => {
    const { fields, put } = fakeDatabase()
    const ids = ['10-a-2', '10-a-10', '10-a-0', '10-b-0', '10-aa-0', '1-a-0']
    await put(...ids.map((id) => enveloped(id)), enveloped('10-a-2.1', { seq: 2 }))
    const { seen, end } = watch(storedOf(fakePage(fields), '10-a'))
    await settled()

    expect(seen.map((envelopes) => envelopes.map(({ id }) => id))).toEqual([
      ['10-a-0', '10-a-2', '10-a-2.1', '10-a-10'],
    ])
    expect(end.completed).toBe(true)
  })

  test('tells none of a view that has left nothing', async () => {
    const { seen } = watch(storedOf(fakePage(fakeDatabase().fields), '10-a'))
    await settled()

    expect(seen).toEqual([[]])
  })
})

/** From now on no transaction is ever complete: those that are opened, and what is put into each. */
const committingNothing = (transactions: ReturnType<typeof keeping>['transactions']) => {
  const opened: { put: string[]; oncomplete?: () => void }[] = []
  transactions.mockClear().mockImplementation(() => {
    const stuck: (typeof opened)[number] = { put: [] }
    const objectStore = () => ({ put: ({ id }: { id: string }) => stuck.put.push(id), delete: () => {} })
    opened.push(stuck)
    return Object.assign(stuck, { objectStore }) as unknown as IDBTransaction
  })
  return opened
}

/** A request that fails in the next task. */
const failing = (error: DOMException) => {
  const request = { error, onerror: () => {} }
  setImmediate(() => request.onerror())
  return request
}
