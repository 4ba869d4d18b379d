import { expect, test } from 'vitest'
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
export const inVirtualTime = <T>(run: (helpers: RunHelpers) => T): T =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run)
