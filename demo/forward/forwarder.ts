import { setTimeout as wait } from 'node:timers/promises'
import { plain } from '../plain.ts'
import type { Unsent } from '../store/questions.ts'
import type { Acknowledgement } from '../store/queueing.ts'
import { type Collector, type Outcome, postLogs } from './postLogs.ts'

/** What a collector has made of a request. */
export interface Forwarded {
  /** Beacons that it has. */
  sent: number
  /** Beacons that it has refused for good. */
  refused: number
  /** Log records that it has rejected of those that it has. */
  rejected: number
}

export interface ForwarderOptions {
  to: Collector
  /** The first of those that wait, at most so many; `undefined` if none does. */
  unsent(most: number): Promise<Unsent | undefined>
  acknowledge(acknowledgement: Acknowledgement): void
  /** Told of each answer. */
  forwarded?: (what: Forwarded) => void
  /** Takes a line when something happens that somebody should know. */
  log?: (line: string) => void
  /** ms; for tests. */
  clocks?: Partial<typeof defaults>
}

/** How long others are waited for, to be sent together; the first pause after a failure, about, and the longest. ms. */
const defaults = { gather: 1000, firstPause: 1000, longestPause: 60_000, farewell: 3000 }

/** Beacons in one request, at most. */
const mostTogether = 100

/**
 * Sends what waits in a store to a collector, in its order, one request at a time. It is acknowledged in the store when the
 * collector has answered, so a crash repeats the last request, and loses nothing.
 */
export class Forwarder {
  readonly #options: ForwarderOptions
  readonly #clocks: typeof defaults
  readonly #closing = new AbortController()
  /** Ends the request that is in flight. */
  readonly #cutOff = new AbortController()
  readonly #running: Promise<void>
  #most = mostTogether
  /** Failures and refusals in a row. */
  #failures = 0
  #isAway = false
  /** What it has said last of what it took. */
  #warning = ''

  constructor(options: ForwarderOptions) {
    this.#options = options
    this.#clocks = { ...defaults, ...options.clocks }
    this.#running = this.#run()
  }

  /** The request in flight has some seconds to be answered. */
  async close(): Promise<void> {
    this.#closing.abort()
    const timer = setTimeout(() => this.#cutOff.abort(), this.#clocks.farewell)
    await this.#running
    clearTimeout(timer)
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const pause = await this.#step().catch((error: Error) => this.#failed(`failed: ${error.message}`, 0))
      if (pause) await wait(pause, undefined, { signal: this.#closing.signal }).catch(() => {})
    }
  }

  /** Sends some, and says how long to wait before the next, ms. */
  async #step(): Promise<number> {
    const { to, unsent, log = () => {} } = this.#options
    const batch = await unsent(this.#most)
    if (!batch || this.#closing.signal.aborted) return this.#clocks.gather
    const outcome = await postLogs(to, batch.body, this.#cutOff.signal)
    if (outcome.type === 'retry') return this.#failed(`takes no log records (${outcome.reason})`, outcome.retryIn)
    if (outcome.type === 'too large' && batch.beacons > 1) {
      this.#most = Math.ceil(batch.beacons / 2)
      return 0
    }
    this.#answered(batch, outcome)
    if (outcome.type !== 'taken') {
      log(`${to.url} refused ${batch.beacons} beacons for good: ${reasonOf(outcome)}`)
      // where all are refused, because of a key that is wrong, they should not be lost as fast as they can be read
      return this.#pause()
    }
    const { rejected, reason } = outcome
    if (reason && reason !== this.#warning) {
      log(`${to.url} ${rejected ? `rejected ${rejected} log records` : 'warns'}: ${reasonOf(outcome)}`)
    }
    this.#warning = reason || this.#warning
    this.#failures = 0
    const isAll = batch.beacons < this.#most
    this.#most = Math.min(mostTogether, this.#most + 1)
    return isAll ? this.#clocks.gather : 0
  }

  #answered({ run, next, beacons, unreadable }: Unsent, outcome: Outcome): void {
    const { to, acknowledge, forwarded, log } = this.#options
    const isTaken = outcome.type === 'taken'
    const refused = isTaken ? unreadable : beacons
    acknowledge({ run, next, refused })
    forwarded?.({ sent: beacons - refused, refused, rejected: isTaken ? outcome.rejected : 0 })
    if (this.#isAway) log?.(`${to.url} answers again`)
    this.#isAway = false
  }

  #failed(what: string, retryIn: number): number {
    const { to, log } = this.#options
    if (!this.#isAway && !this.#cutOff.signal.aborted) {
      log?.(`${to.url} ${plain(what, 300)}: what arrives waits in the store`)
    }
    this.#isAway = true
    return retryIn || this.#pause()
  }

  /** Random, so that many receivers do not come at once, and longer with each failure. */
  #pause(): number {
    const { firstPause, longestPause } = this.#clocks
    return Math.min(longestPause, firstPause * 2 ** this.#failures++) * (0.5 + Math.random() / 2)
  }
}

const reasonOf = (outcome: Outcome) => plain('reason' in outcome ? outcome.reason : outcome.type, 300)
