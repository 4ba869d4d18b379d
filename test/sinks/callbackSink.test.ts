import { of, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Payload } from '../../src/payload/payload'
import { callbackSink } from '../../src/sinks/callbackSink'
import { payloadWith } from '../helpers/payload'
import { scopeWith } from '../helpers/scope'
import { watch } from '../helpers/watch'

const [first, second] = [payloadWith(), payloadWith({ beacon: { id: 'a-1', seq: 1 } })]

describe('callbackSink', () => {
  test('hands over each payload at once, with what a sink can ask, and counts it as sent', () => {
    const given: unknown[][] = []
    const payload$ = new Subject<Payload>()
    const scope = scopeWith()
    const { seen } = watch(callbackSink((...args) => given.push(args))(payload$, scope))
    payload$.next(first)

    expect(given).toEqual([[first, scope]])
    expect(seen).toEqual([{ type: 'sent', way: 'callback', id: first.beacon.id, seq: 0, reason: 'sample' }])
  })

  test('counts a payload as sent when the promise that it gets resolves', async () => {
    const answer = Promise.resolve()
    const { seen, end } = watch(callbackSink(() => answer)(of(first), scopeWith()))
    expect(seen).toEqual([])
    await answer

    await expect.poll(() => seen).toMatchObject([{ type: 'sent' }])
    expect(end.completed).toBe(true)
  })

  test.for<[string, () => unknown]>([
    ['throws', () => assertNever()],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('drops a payload for which the function %s, with the message as the cause, and goes on', async ([, fail]) => {
    const { seen } = watch(callbackSink(({ beacon: { seq } }) => seq || fail())(of(first, second), scopeWith()))

    await expect.poll(() => seen).toHaveLength(2)
    expect(seen).toContainEqual(
      expect.objectContaining({ type: 'drop', way: 'callback', id: first.beacon.id, cause: 'Error: broken' }),
    )
    expect(seen).toContainEqual(expect.objectContaining({ type: 'sent', id: 'a-1' }))
  })
})

const assertNever = () => {
  throw new Error('broken')
}
