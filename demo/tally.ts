import type { Outcome, StoredBeacon } from './store/storedBeacon.ts'

/** Counts what came in a while; what is told of it has no text of strangers. */
export class Tally {
  #beacons = 0
  #duplicates = 0
  #bytes = 0
  #refused = new Map<number, number>()

  taken({ bytes }: StoredBeacon, outcome: Outcome): void {
    this.#bytes += bytes
    if (outcome === 'stored') this.#beacons++
    else this.#duplicates++
  }

  refused(status: number): void {
    this.#refused.set(status, (this.#refused.get(status) ?? 0) + 1)
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
