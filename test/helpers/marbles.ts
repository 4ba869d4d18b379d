import { expect, test } from 'vitest'
import { intervalProvider } from '../../node_modules/rxjs/dist/esm/internal/scheduler/intervalProvider.js'
import { type RunHelpers, TestScheduler } from '../../node_modules/rxjs/dist/esm/testing/index.js'

/**
 * A test in virtual time: one character is one millisecond. Names in the order `source`, `subs`, `rate`, `unsub`,
 * `expected`, columns aligned, every further timer drawn as a comment row.
 */
export const marbles = (title: string, run: (helpers: RunHelpers) => void): void =>
  test(title, () => {
    expect.hasAssertions()
    inVirtualTime(run)
  })

/** The same inside a test of its own, for tables and properties. */
export const inVirtualTime = <T>(run: (helpers: RunHelpers) => T): T => {
  const scheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected))
  boundedIn(scheduler)
  return scheduler.run((helpers) => {
    intervalProvider.delegate = timersOf(scheduler)
    return run(helpers)
  })
}

/** Steps of virtual time in one test: far more than any needs, and over in a second. */
const mostSteps = 100_000

/** A stream that nobody ends would keep virtual time going for ever: the test fails instead. */
const boundedIn = (scheduler: TestScheduler) => {
  let { frame } = scheduler
  let steps = 0
  // set at each step
  Object.defineProperty(scheduler, 'frame', {
    get: () => frame,
    set: (next: number) => {
      if (++steps > mostSteps)
        throw new Error(`expected virtual time to end within ${mostSteps} steps, is at ${next} ms`)
      frame = next
    },
  })
}

/**
 * Timers in virtual time, in the order in which they are due. Those of `TestScheduler.run` throw where one clears another
 * that is due in the same millisecond.
 */
const timersOf = (scheduler: TestScheduler) => {
  const running = new Map<number, { unsubscribe(): void }>()
  let last = 0
  const start = (handle: number, tick: () => void, rate: number) => {
    const ticking = scheduler.schedule(() => {
      start(handle, tick, rate)
      tick()
    }, rate)
    running.set(handle, ticking)
  }
  return {
    setInterval: (tick: () => void, rate = 0) => {
      start(++last, tick, rate)
      return last
    },
    clearInterval: (handle: number) => {
      running.get(handle)?.unsubscribe()
      running.delete(handle)
    },
  }
}
