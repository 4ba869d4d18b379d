import { lastValueFrom } from 'rxjs'
import { describe, expect, test, vi } from 'vitest'
import { hasEnded } from '../../../src/sinks/delivery/hasEnded'
import { settled } from '../../helpers/settled'
import { watch } from '../../helpers/watch'

const answer = (body: unknown) => ({ body }) as Pick<Response, 'body'>
/** A body of so many bytes, which then ends, or goes on for ever. */
const body = (bytes: number, isEndless = false) =>
  new ReadableStream<Uint8Array>({
    start: (stream) => {
      if (bytes) stream.enqueue(new Uint8Array(bytes))
      if (!isEndless) stream.close()
    },
  })

describe('hasEnded', () => {
  test.for([
    ['there is none', null],
    ['the page has a fetch of its own, which tells of none', undefined],
    ['it has come as a whole', body(100)],
    ['it has come as a whole, and is as large as it may be', body(65_535)],
  ] as const)('is so where %s, and aborts nothing', async ([, given]) => {
    const controller = new AbortController()

    expect(await lastValueFrom(hasEnded(answer(given), controller))).toBe(true)
    expect(controller.signal.aborted).toBe(false)
  })

  test.for([
    ['goes on', true],
    ['ends', false],
  ] as const)('is not so, at once, of what is too large and %s', async ([, isEndless]) => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const { seen } = watch(hasEnded(answer(body(65_536, isEndless)), controller))
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()

    expect([seen, controller.signal.aborted]).toEqual([[false], true])
  })

  test('is not so after a second', async () => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const { seen, end } = watch(hasEnded(answer(body(10, true)), controller))
    await vi.advanceTimersByTimeAsync(999)
    expect([seen, controller.signal.aborted]).toEqual([[], false])
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()

    expect([seen, controller.signal.aborted, end.completed]).toEqual([[false], true, true])
  })

  test('leaves a body to who reads it', async () => {
    const controller = new AbortController()
    const taken = body(10, true)
    taken.getReader()
    const { seen, end } = watch(hasEnded(answer(taken), controller))
    await settled()

    expect([seen, controller.signal.aborted, end.completed]).toEqual([[], false, true])
  })
})
