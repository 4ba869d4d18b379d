import { describe, expect, test } from 'vitest'
import { idle, idleSoon } from '../../src/page/idle'
import { marbles } from '../helpers/marbles'
import { fakePage } from '../helpers/page'
import { watch } from '../helpers/watch'

/** A page whose browser calls back when the test says so. */
const idling = () => {
  const asked: { timeout: number | undefined; callback: () => void }[] = []
  const cancelled: number[] = []
  const page = fakePage({
    requestIdleCallback: (callback: () => void, { timeout }: IdleRequestOptions) => asked.push({ timeout, callback }),
    cancelIdleCallback: (handle: number) => void cancelled.push(handle),
  })
  return { page, asked, cancelled }
}

describe('idle', () => {
  test('emits once, when the browser has nothing better to do, and then has nothing to give back', () => {
    const { page, asked, cancelled } = idling()
    const { seen, end } = watch(idle(page, 1000))
    expect(seen).toHaveLength(0)

    asked[0]?.callback()
    expect(seen).toHaveLength(1)
    expect(end.completed).toBe(true)
    expect(cancelled).toEqual([])
  })

  test('asks the browser, with its patience, when somebody subscribes', () => {
    const { page, asked } = idling()
    const idle$ = idle(page, 1000)
    expect(asked).toEqual([])

    for (let times = 0; times < 2; times++) watch(idle$)
    expect(asked.map(({ timeout }) => timeout)).toEqual([1000, 1000])
  })

  test('takes back what it has asked for when unsubscribed', () => {
    const { page, cancelled } = idling()
    const { seen, unsubscribe } = watch(idle(page, 1000))
    unsubscribe()

    expect(cancelled).toEqual([1])
    expect(seen).toEqual([])
  })

  marbles('assumes an idle moment where the browser reports none, within its patience', ({ expectObservable }) => {
    const page = fakePage()
    expect('requestIdleCallback' in page).toBe(false)

    expectObservable(idle(page, 1000)).toBe('200ms (i|)', { i: 0 })
    expectObservable(idle(page, 50)).toBe('   50ms  (i|)', { i: 0 })
  })
})

describe('idleSoon', () => {
  marbles('waits for 200 ms, and then for an idle moment for 100 ms at most', ({ expectObservable }) => {
    expectObservable(idleSoon(fakePage())).toBe('300ms (i|)', { i: 0 })
  })
})
