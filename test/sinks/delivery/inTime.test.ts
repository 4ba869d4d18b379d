import { of, throwError } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { inTime } from '../../../src/sinks/delivery/inTime'
import { inVirtualTime, marbles } from '../../helpers/marbles'
import { watch } from '../../helpers/watch'

describe('inTime', () => {
  marbles('is the first value of the request', ({ cold, expectObservable }) => {
    expectObservable(inTime(() => cold('--a-b-|'))).toBe('--(a|)')
  })

  marbles('fails after 10 s without an answer', ({ cold, expectObservable }) => {
    expectObservable(inTime(() => cold('-'))).toBe('10s #', {}, 'timeout')
  })

  test('aborts a request that is given up, and none that was answered', () => {
    const signals: AbortSignal[] = []
    inVirtualTime(({ cold, flush }) => {
      for (const request of [cold('-a'), cold('-')]) {
        watch(
          inTime(({ signal }) => {
            signals.push(signal)
            return request
          }),
        )
      }
      flush()
    })

    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true])
  })

  test('fails as the request does, also where it throws at once', () => {
    expect(watch(inTime(() => throwError(() => 'gone'))).end.error).toBe('gone')
    expect(
      watch(
        inTime(() => {
          throw 'broken'
        }),
      ).end.error,
    ).toBe('broken')
    expect(watch(inTime(() => of(1))).seen).toEqual([1])
  })
})
