import type { Spread } from './summaries.ts'
import { type Limits, type Rating, rateBy, ratings } from './thresholds.ts'

/**
 * How values are spread, in buckets that each are a hundredth wider than the one before: one more value, or one less,
 * costs the same however many there are, and a percentile is off by half a percent at most. The limits part a bucket, so
 * that no percentile is on another side of them than its value.
 */
export class Distribution {
  readonly #buckets = new Map<number, number>()
  readonly #counts: Record<Rating, number> = { good: 0, fair: 0, poor: 0 }
  readonly #limits: Limits
  readonly #smallest: number
  #count = 0

  /** Values below `smallest` count as zero. */
  constructor(smallest: number, limits: Limits) {
    this.#smallest = smallest
    this.#limits = limits
  }

  get count(): number {
    return this.#count
  }

  add(value: number): void {
    this.#change(value, 1)
  }

  /** Takes a value back that was added before. */
  remove(value: number): void {
    this.#change(value, -1)
  }

  /** The value that this share of the values is not above; 0 where there are none. */
  quantile(share: number): number {
    let left = Math.ceil(share * this.#count)
    for (const [bucket, count] of this.#sorted()) {
      left -= count
      if (left <= 0) return this.#middle(bucket)
    }
    return 0
  }

  /** The spread in `steps` equal steps up to `least`, or further where much lies beyond. A step ends with its upper bound. */
  spread(steps: number, least: number): Spread {
    const top = Math.max(least, this.quantile(0.98))
    const bars = Array<number>(steps).fill(0)
    for (const [bucket, count] of this.#buckets) {
      const step = Math.max(0, Math.min(steps, Math.ceil((this.#middle(bucket) * steps) / top)) - 1)
      bars[step] = (bars[step] ?? 0) + count
    }
    return { count: this.#count, p75: this.quantile(0.75), ...this.#counts, bars, top }
  }

  #change(value: number, by: 1 | -1): void {
    const rating = rateBy(this.#limits, value)
    const width = value < this.#smallest ? -1 : Math.floor(Math.log(value / this.#smallest) / growth)
    const bucket = width * ratings.length + ratings.indexOf(rating)
    const count = (this.#buckets.get(bucket) ?? 0) + by
    if (count) this.#buckets.set(bucket, count)
    else this.#buckets.delete(bucket)
    this.#counts[rating] += by
    this.#count += by
  }

  #middle(bucket: number): number {
    const width = Math.floor(bucket / ratings.length)
    if (width < 0) return 0
    const middle = this.#smallest * Math.exp((width + 0.5) * growth)
    const side = bucket % ratings.length
    const [above, upTo] = [this.#limits[side - 1] ?? 0, this.#limits[side] ?? Number.POSITIVE_INFINITY]
    // a limit itself is on the better side
    return Math.min(upTo, Math.max(above * (1 + 1e-9), middle))
  }

  #sorted(): [bucket: number, count: number][] {
    return [...this.#buckets].sort(([a], [b]) => a - b)
  }
}

const growth = Math.log(1.01)
