import * as original from '../../node_modules/rxjs/dist/esm/index.js'
import { TestScheduler } from '../../node_modules/rxjs/dist/esm/testing/index.js'
import * as slimmer from './slimRxjs'

/** What both RxJS have. */
export type Rx = Pick<typeof original, keyof typeof slimmer>

/** The slim one, by the types of the original. */
export const slim = slimmer as unknown as Rx

export { original }

/** Writes down what happens, with its time. */
export type Log = (what: string) => void

/** All that happened in virtual time, in order; and what nobody took, which the original tells by a timer. */
export interface Record {
  log: string[]
  unhandled: string[]
}

/** Plays the same on the original and on the slim RxJS, up to `until` ms, in virtual time. */
export const onBoth = (play: (rx: Rx, log: Log) => void): { original: Record; slim: Record } => ({
  original: record(original, play),
  slim: record(slim, play),
})

const record = (rx: Rx, play: (rx: Rx, log: Log) => void): Record => {
  const log: string[] = []
  const unhandled: string[] = []
  const { config } = rx
  const { onUnhandledError } = config
  config.onUnhandledError = (error) => unhandled.push(told(error))
  const scheduler = new TestScheduler(() => {})
  try {
    scheduler.run(() => play(rx, (what) => log.push(`${original.asyncScheduler.now()} ${what}`)))
  } catch (error) {
    log.push(`thrown ${told(error)}`)
  } finally {
    config.onUnhandledError = onUnhandledError
  }
  return { log, unhandled: unhandled.sort() }
}

/** The words of an error. The original gathers what several teardowns throw, the slim one throws the last. */
export const told = (error: unknown): string => {
  const { errors, message } = error as { errors?: unknown[]; message?: string }
  return errors ? told(errors.at(-1)) : (message ?? String(error))
}
