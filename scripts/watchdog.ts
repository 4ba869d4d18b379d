import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** No test and no hook takes longer, retries included. */
const patience = 10 * 60_000

export interface WatchdogOptions {
  /** For how long nothing need be heard, ms. */
  wait?: number
  /** What is done then, with the names of what runs. */
  giveUp?: (running: string[]) => void
}

/**
 * A reporter of vitest that ends a run which nothing has been heard of for ten minutes, with the names of what runs. Vitest
 * itself can't interrupt a test that never gives its thread back, and waits for ever for a fixture that does not end.
 */
export default class Watchdog implements Reporter {
  readonly #running = new Map<string, string>()
  #timer: NodeJS.Timeout | undefined

  readonly #options: Required<WatchdogOptions>

  /** Vitest hands over an object with the options of the command line: none. */
  constructor(options: WatchdogOptions = {}) {
    this.#options = { wait: patience, giveUp: endRun, ...options }
  }

  onTestRunStart(): void {
    this.#hear()
  }

  onTestModuleStart(module: TestModule): void {
    this.#running.set(module.id, module.relativeModuleId)
    this.#hear()
  }

  onTestCaseReady(test: TestCase): void {
    this.#running.set(test.id, `${test.module.relativeModuleId} > ${test.fullName}`)
    this.#hear()
  }

  onTestCaseResult(test: TestCase): void {
    this.#running.delete(test.id)
    this.#hear()
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(module.id)
    this.#hear()
  }

  onTestRunEnd(): void {
    clearTimeout(this.#timer)
  }

  #hear(): void {
    const { wait, giveUp } = this.#options
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => giveUp([...this.#running.values()]), wait)
    // a run that has ended well is not kept from ending
    this.#timer.unref()
  }
}

function endRun(running: string[]): void {
  console.error(`nothing was heard for ${patience / 60_000} minutes of:\n${running.join('\n')}`)
  process.exit(1)
}
