import type { Payload } from '../../src/payload/payload.ts'
import type { StoredBeacon } from '../beaconStore.ts'
import type { Filed } from './pageStatistics.ts'
import { type Measure, measures, type ViewSummary } from './summaries.ts'
import { isHalf } from './viewKey.ts'

/** What the index keeps of a view: sums, its measures, and which beacons are its own. */
export class IndexedView {
  readonly n: number
  readonly session: number
  /** The numbers of its beacons in the store, as they came. */
  readonly numbers: number[] = []
  /** Replaced by another object when it changes. */
  filed: Filed = { page: '', measured: {} }
  errors = 0
  readonly #key: string
  readonly #position: number
  readonly #seqOf: Partial<Record<Measure, number>> = {}
  #namedBy = Number.POSITIVE_INFINITY
  #startTime = 0
  #lastAt = 0
  #bytes = 0
  /** Below this number, what has not come is lost. */
  #settled = 0
  /** How many numbers below that have come. */
  #came = 0
  /** The numbers from there on that have come. */
  readonly #ahead = new Set<number>()

  constructor(n: number, key: string, session: number, position: number) {
    this.n = n
    this.session = session
    this.#key = key
    this.#position = position
  }

  get beacons(): number {
    return this.numbers.length
  }

  /** Numbers that have not come, though a later one has, long ago. */
  get lost(): number {
    return Math.max(0, this.#settled - this.#came)
  }

  /** What is missing before this number, which has come, is lost. */
  settle(number: number): void {
    if (number < this.#settled) return
    this.#settled = number + 1
    for (const other of this.#ahead) {
      if (other > number) continue
      this.#ahead.delete(other)
      this.#came++
    }
  }

  /** Beacons may overtake each other: `seq` decides which measure is the later one. */
  add({ receivedAt, bytes, payload }: StoredBeacon, number: number): void {
    this.numbers.push(number)
    this.#startTime ||= payload.view.startTime ?? receivedAt
    this.#lastAt = Math.max(this.#lastAt, receivedAt)
    this.#bytes += bytes
    this.#count(payload.beacon)
    this.errors += payload.view.errors?.length ?? 0
    const page = this.#name(payload)
    const measured = this.#measure(payload)
    if (page || measured) {
      this.filed = { page: page ?? this.filed.page, measured: { ...this.filed.measured, ...measured } }
    }
  }

  get summary(): ViewSummary {
    return {
      n: this.n,
      key: this.#key,
      session: this.session,
      position: this.#position,
      page: this.filed.page,
      startTime: this.#startTime,
      lastAt: this.#lastAt,
      beacons: this.beacons,
      bytes: this.#bytes,
      lost: this.lost,
      errors: this.errors,
      measured: this.filed.measured,
    }
  }

  /** Of a beacon that came in halves, both have its number. */
  #count({ id, seq }: Payload['beacon']): void {
    if (isHalf(id)) return
    if (seq < this.#settled) this.#came++
    else this.#ahead.add(seq)
  }

  /** Filed under the page that it landed on: the first that measures were read on, else the first of all. */
  #name({ view, metrics, beacon }: Payload): string | undefined {
    const rank = beacon.seq + (metrics ? 0 : behindAll)
    if (rank >= this.#namedBy) return undefined
    this.#namedBy = rank
    return view.id
  }

  #measure({ metrics, beacon }: Payload): Filed['measured'] | undefined {
    const found = measures.filter((name) => {
      const value = metrics?.[name]
      return Number.isFinite(value) && (value as number) >= 0 && (this.#seqOf[name] ?? -1) <= beacon.seq
    })
    for (const name of found) this.#seqOf[name] = beacon.seq
    return found.length ? Object.fromEntries(found.map((name) => [name, metrics?.[name]])) : undefined
  }
}

const behindAll = 1e9
