import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** No test and no hook takes longer, retries included. */
const patience = 10 * 60_000

/**
 * A reporter of vitest that ends a run which nothing has been heard of for ten minutes, with the names of what runs. Vitest
 * itself can't interrupt a test that never gives its thread back, and waits for ever for a fixture that does not end.
 */
export default class Watchdog implements Reporter {
  readonly #running = new Map<string, string>()
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly wait: number = patience,
    private readonly giveUp: (running: string[]) => void = endRun,
  ) {}

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
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.giveUp([...this.#running.values()]), this.wait)
    // a run that has ended well is not kept from ending
    this.#timer.unref()
  }
}

function endRun(running: string[]): void {
  console.error(`nothing was heard for ${patience / 60_000} minutes of:\n${running.join('\n')}`)
  process.exit(1)
}
