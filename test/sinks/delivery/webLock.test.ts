import { describe, expect, test, vi } from 'vitest'
import { webLock } from '../../../src/sinks/delivery/webLock'
import { fakeLocks } from '../../helpers/locks'
import { marbles } from '../../helpers/marbles'
import { fakePage } from '../../helpers/page'
import { settled } from '../../helpers/settled'
import { watch } from '../../helpers/watch'

/** Two pages of one origin. */
const twoPages = () => {
  const locks = fakeLocks()
  const [page, other] = [fakePage({ navigator: { locks } }), fakePage({ navigator: { locks } })]
  return { locks, page, other }
}

describe('webLock', () => {
  test('emits once it has the lock, and holds it while it is subscribed to', async () => {
    const { locks, page } = twoPages()
    const { seen, end, unsubscribe } = watch(webLock(page, 'a'))
    expect(seen).toHaveLength(0)

    await settled()
    expect(seen).toHaveLength(1)
    expect(end.completed).toBe(false)
    expect([...locks.held]).toEqual(['a'])

    unsubscribe()
    await settled()
    expect(locks.held.size).toBe(0)
  })

  test('waits for its turn', async () => {
    const { page, other } = twoPages()
    const first = watch(webLock(page, 'a'))
    const second = watch(webLock(other, 'a'))
    const elsewhere = watch(webLock(other, 'b'))
    await settled()
    expect([first, second, elsewhere].map(({ seen }) => seen.length)).toEqual([1, 0, 1])

    first.unsubscribe()
    await settled()
    expect(second.seen).toHaveLength(1)
  })

  test('completes where somebody else has the lock, if it is not to wait', async () => {
    const { locks, page, other } = twoPages()
    watch(webLock(page, 'a'))
    await settled()
    const { seen, end } = watch(webLock(other, 'a', true))
    await settled()

    expect(seen).toEqual([])
    expect(end.completed).toBe(true)
    expect(locks.waiting).toEqual([])
  })

  test('asks for no lock that is held, which Firefox would hold against the page', async () => {
    const { locks, page, other } = twoPages()
    watch(webLock(page, 'a'))
    await settled()
    const asked = vi.spyOn(locks, 'request')
    watch(webLock(other, 'a', true))
    await settled()

    expect(asked).not.toHaveBeenCalled()
  })

  test('completes as well where somebody takes the lock between the question and the request', async () => {
    const { locks, page, other } = twoPages()
    const { query } = locks
    const first = watch(webLock(page, 'a'))
    locks.query = async () => ({ ...(await query()), held: [] })
    await settled()
    const { seen, end } = watch(webLock(other, 'a', true))
    await settled()

    expect(first.seen).toHaveLength(1)
    expect(seen).toEqual([])
    expect(end.completed).toBe(true)
    expect(locks.waiting).toEqual([])
  })

  test('takes a free lock without waiting', async () => {
    const { locks, page } = twoPages()
    const { seen, end } = watch(webLock(page, 'a', true))
    await settled()

    expect(seen).toHaveLength(1)
    expect(end.completed).toBe(false)
    expect([...locks.held]).toEqual(['a'])
  })

  test('takes a lock where the browser does not tell which are held', async () => {
    const { locks, page } = twoPages()
    locks.query = async () => ({ pending: [] }) as never
    const { seen } = watch(webLock(page, 'a', true))
    await settled()

    expect(seen).toHaveLength(1)
  })

  test('passes on what it gets after it was unsubscribed', async () => {
    const { locks, page, other } = twoPages()
    const first = watch(webLock(page, 'a'))
    const second = watch(webLock(other, 'a'))
    await settled()

    second.unsubscribe()
    first.unsubscribe()
    await settled()
    expect(second.seen).toEqual([])
    expect(locks.held.size).toBe(0)
  })

  test.for<[string, () => unknown]>([
    ['refused', () => Promise.reject(new DOMException('sandboxed', 'SecurityError'))],
    [
      'broken',
      () => {
        throw new TypeError('broken by a script of the page')
      },
    ],
  ])('is empty where the locks of the page are %s', async ([, request]) => {
    const { seen, end } = watch(webLock(fakePage({ navigator: { locks: { request } } }), 'a'))
    await settled()

    expect(seen).toEqual([])
    expect(end).toEqual({ completed: true, error: undefined })
  })

  test('takes back what it has asked for when unsubscribed', async () => {
    const signals: (AbortSignal | undefined)[] = []
    const request = (_name: string, { signal }: LockOptions) => {
      signals.push(signal)
      return new Promise(() => {})
    }
    const query = async () => ({ held: [] })
    const page = fakePage({ navigator: { locks: { request, query } } })
    for (const ifAvailable of [false, true]) {
      const { unsubscribe } = watch(webLock(page, 'a', ifAvailable))
      await settled()
      unsubscribe()
    }

    // browsers refuse one that could not wait
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, undefined])
  })

  marbles('emits at once where there are no locks, and stays', ({ expectObservable }) => {
    const unsub = '   ---!'
    const expected = 'l---'

    expectObservable(webLock(fakePage(), 'a'), unsub).toBe(expected, { l: 0 })
    expectObservable(webLock(fakePage(), 'a', true), unsub).toBe(expected, { l: 0 })
  })

  test('completes where a page has replaced what gets the locks by what throws', () => {
    const navigator = {
      get locks() {
        throw new Error('no')
      },
    }
    const { seen, end } = watch(webLock({ ...fakePage(), navigator } as never, 'a'))

    expect(seen).toEqual([])
    expect(end.completed).toBe(true)
  })
})
