import { forceCloseDatabase } from 'fake-indexeddb'
import { describe, expect, test, vi } from 'vitest'
import { database, forget, store } from '../../../src/sinks/delivery/database'
import { fakeDatabase } from '../../helpers/database'
import { fakePage } from '../../helpers/page'
import { settled } from '../../helpers/settled'
import { watch } from '../../helpers/watch'

/** A page that has its database open, and how often it has heard that what was in it is gone. */
const opened = async (origin = fakeDatabase()) => {
  const page = fakePage(origin.fields)
  const taken = vi.fn()
  const { seen, end, unsubscribe } = watch(database(page, taken))
  await settled()
  return { origin, page, taken, seen, end, unsubscribe }
}

describe('database', () => {
  test('makes a new one, and says before it opens that there is nothing in it', async () => {
    const { seen, taken } = await opened()

    expect(taken).toHaveBeenCalledOnce()
    expect([...(seen[0] as IDBDatabase).objectStoreNames]).toEqual([store])
  })

  test('says nothing of one that is there', async () => {
    const { origin, unsubscribe } = await opened()
    unsubscribe()
    const { seen, taken } = await opened(origin)

    expect(seen).toHaveLength(1)
    expect(taken).not.toHaveBeenCalled()
  })

  test('lets go of it for who wants to delete it, and says so', async () => {
    const { origin, page, seen, taken, end } = await opened()
    forget(page)
    await settled()

    expect(seen).toEqual([expect.anything(), null])
    expect(end).toEqual({ completed: true, error: undefined })
    expect(taken).toHaveBeenCalledTimes(2)
    expect(await origin.exists()).toBe(false)
  })

  test('says so where the browser has closed it', async () => {
    const { seen, taken, end } = await opened()
    forceCloseDatabase(seen[0] as never)
    await settled()

    expect(end.completed).toBe(true)
    expect(taken).toHaveBeenCalledTimes(2)
  })
})

describe('forget', () => {
  test('removes all that is stored, while other pages have it open', async () => {
    const { origin } = await opened()
    const { page } = await opened(origin)
    forget(page)
    await settled()

    expect(await origin.exists()).toBe(false)
  })

  test('has nothing to do where there is no storage', () => {
    expect(() => forget(fakePage())).not.toThrow()
  })
})
