import { afterAll, vi } from 'vitest'

/**
 * Files share a worker, and a collector that a test leaves running would wake in the fake clock of another file. So the
 * timers of a file end with it.
 */
const started = new Set<NodeJS.Timeout>()
const { setTimeout, setInterval } = globalThis

const noting = <Start extends typeof setTimeout | typeof setInterval>(start: Start): Start =>
  Object.assign((...given: Parameters<Start>) => {
    const timer = (start as (...given: unknown[]) => NodeJS.Timeout)(...given)
    started.add(timer)
    return timer
  }, start) as Start

globalThis.setTimeout = noting(setTimeout)
globalThis.setInterval = noting(setInterval)

afterAll(() => {
  vi.useRealTimers()
  for (const timer of started) clearTimeout(timer)
  Object.assign(globalThis, { setTimeout, setInterval })
})
