import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TestCase, TestModule } from 'vitest/node'
import Watchdog from '../../scripts/watchdog.ts'

const module = { id: 'a', relativeModuleId: 'test/a.test.ts' } as TestModule
const test1 = { id: 'a1', module, fullName: 'one' } as TestCase
const test2 = { id: 'a2', module, fullName: 'two' } as TestCase

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watched() {
  const given: string[][] = []
  const watchdog = new Watchdog({ wait: 100, giveUp: (running) => given.push(running) })
  watchdog.onTestRunStart()
  watchdog.onTestModuleStart(module)
  return { watchdog, given }
}

test('names the test that runs when nothing was heard for too long', () => {
  const { watchdog, given } = watched()
  watchdog.onTestCaseReady(test1)
  watchdog.onTestCaseResult(test1)
  watchdog.onTestCaseReady(test2)
  vi.advanceTimersByTime(100)
  expect(given).toEqual([['test/a.test.ts', 'test/a.test.ts > two']])
})

test('names the file in which no test runs', () => {
  const { watchdog, given } = watched()
  watchdog.onTestCaseReady(test1)
  watchdog.onTestCaseResult(test1)
  vi.advanceTimersByTime(100)
  expect(given).toEqual([['test/a.test.ts']])
})

test('waits for minutes unless it is told otherwise, as vitest makes it', () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  new Watchdog({}).onTestRunStart()
  vi.advanceTimersByTime(5 * 60_000)
  expect(error).not.toHaveBeenCalled()
})

test('is patient as long as anything is heard', () => {
  const { watchdog, given } = watched()
  for (let turn = 0; turn < 5; turn++) {
    vi.advanceTimersByTime(99)
    watchdog.onTestCaseReady(test1)
    vi.advanceTimersByTime(99)
    watchdog.onTestCaseResult(test1)
  }
  vi.advanceTimersByTime(99)
  watchdog.onTestModuleEnd(module)
  vi.advanceTimersByTime(99)
  watchdog.onTestRunEnd()
  vi.advanceTimersByTime(1000)
  expect(given).toEqual([])
})
