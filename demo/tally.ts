import type { Forwarded } from './forward/forwarder.ts'
import type { Queue } from './store/queueing.ts'
import type { Outcome, StoredBeacon } from './store/storedBeacon.ts'

/** Counts what came in a while; what is told of it has no text of strangers. */
export class Tally {
  #beacons = 0
  #duplicates = 0
  #bytes = 0
  #refused = new Map<number, number>()
  #forwarded: Forwarded = { sent: 0, refused: 0, rejected: 0 }

  taken({ bytes }: StoredBeacon, outcome: Outcome): void {
    this.#bytes += bytes
    if (outcome === 'stored') this.#beacons++
    else this.#duplicates++
  }

  refused(status: number): void {
    this.#refused.set(status, (this.#refused.get(status) ?? 0) + 1)
  }

  forwarded(what: Forwarded): void {
    for (const name of ['sent', 'refused', 'rejected'] as const) this.#forwarded[name] += what[name]
  }

  /** What a collector got since the last time, and what waits for it, in a line; `undefined` if nothing does. */
  forwardLine({ waiting, deleted }: Queue): string | undefined {
    const { sent, refused, rejected } = this.#forwarded
    this.#forwarded = { sent: 0, refused: 0, rejected: 0 }
    if (!sent && !refused && !waiting) return undefined
    const parts = [
      `${sent} beacons sent on`,
      ...(refused ? [`${refused} refused for good`] : []),
      ...(rejected ? [`${rejected} of their log records rejected`] : []),
      `${waiting} wait`,
      ...(deleted ? [`${deleted} deleted unsent so far`] : []),
    ]
    return parts.join('; ')
  }

  /** What came since the last time, in a line; `undefined` if nothing did. */
  line(used: number): string | undefined {
    const refused = [...this.#refused].map(([status, count]) => `${count} refused with ${status}`)
    const again = this.#duplicates ? [`${this.#duplicates} came again`] : []
    const isQuiet = !this.#beacons && !again.length && !refused.length
    const parts = [
      `${this.#beacons} beacons, ${megabytes(this.#bytes)}`,
      ...again,
      ...refused,
      `the store uses ${megabytes(used)}`,
    ]
    this.#beacons = this.#duplicates = this.#bytes = 0
    this.#refused = new Map()
    return isQuiet ? undefined : parts.join('; ')
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
