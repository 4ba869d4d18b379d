import { NEVER, Observable, of, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import {
  fromPlatform,
  isPlatformObservable,
  type PlatformObservable,
  toPlatform,
} from '../../src/page/platformObservable'
import { listened } from '../helpers/listened'
import { watch } from '../helpers/watch'

type Observer = Parameters<PlatformObservable<number>['subscribe']>[0]

/** As in the specification: a subscription ends by its signal, and its teardowns run then, or when it has ended itself. */
class FakeObservable {
  constructor(readonly start: (subscriber: Observer & { addTeardown(teardown: () => void): void }) => void) {}

  subscribe(observer: Observer, { signal }: { signal?: AbortSignal } = {}) {
    const teardowns: (() => void)[] = []
    let isOver = false
    const end = () => {
      isOver = true
      for (const teardown of teardowns.splice(0)) teardown()
    }
    signal?.addEventListener('abort', end)
    this.start({
      next: (value) => isOver || observer.next(value),
      error: (error) => {
        observer.error(error)
        end()
      },
      complete: () => {
        observer.complete()
        end()
      },
      addTeardown: (teardown) => (isOver ? teardown() : teardowns.push(teardown)),
    })
  }
}

const page = { Observable: FakeObservable }

describe('fromPlatform', () => {
  test('emits what the browser’s observable emits, and ends as it does', () => {
    const completed = watch(fromPlatform(toPlatform(of(1, 2), page)))
    expect([completed.seen, completed.end.completed]).toEqual([[1, 2], true])

    const failed = watch(fromPlatform(toPlatform(new Observable((value$) => value$.error('broken')), page)))
    expect(failed.end.error).toBe('broken')
  })

  test('lets go of the browser’s observable when it is unsubscribed from', () => {
    const { value$, listeners } = listened(NEVER)
    const { unsubscribe } = watch(fromPlatform(toPlatform(value$, page)))
    expect(listeners()).toBe(1)
    unsubscribe()
    expect(listeners()).toBe(0)
  })
})

describe('toPlatform', () => {
  test('subscribes when it is subscribed to, and lets go when the signal says so', () => {
    const value$ = new Subject<number>()
    const seen: number[] = []
    const controller = new AbortController()
    const observer = { next: (value: number) => void seen.push(value), error: () => {}, complete: () => {} }
    const observable = toPlatform(value$, page)
    expect(value$.observed).toBe(false)

    observable.subscribe(observer, { signal: controller.signal })
    value$.next(1)
    controller.abort()
    value$.next(2)

    expect(seen).toEqual([1])
    expect(value$.observed).toBe(false)
  })

  test('leaves nothing open of what ends while it is subscribed to', () => {
    const { value$, listeners } = listened(of(1))
    toPlatform(value$, page).subscribe({ next: () => {}, error: () => {}, complete: () => {} })

    expect(listeners()).toBe(0)
  })

  test('throws where the browser has no observables', () => {
    expect(() => toPlatform(NEVER, {})).toThrow(TypeError)
  })
})

test('isPlatformObservable tells the browser’s observables from those of RxJS', () => {
  expect(isPlatformObservable(NEVER)).toBe(false)
  expect(isPlatformObservable(toPlatform(NEVER, page))).toBe(true)
})
