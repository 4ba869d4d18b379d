import type { Spread } from './summaries.ts'
import type { Rating } from './thresholds.ts'

/**
 * How values are spread, in buckets that each are a hundredth wider than the one before: one more value, or one less,
 * costs the same however many there are, and a percentile is off by half a percent at most.
 */
export class Distribution {
  readonly #buckets = new Map<number, number>()
  readonly #ratings: Record<Rating, number> = { good: 0, fair: 0, poor: 0 }
  readonly #rate: (value: number) => Rating
  readonly #smallest: number
  #count = 0

  /** Values below `smallest` count as zero. */
  constructor(smallest: number, rate: (value: number) => Rating) {
    this.#smallest = smallest
    this.#rate = rate
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

  /** The spread in `steps` equal steps up to `least`, or further where much lies beyond. */
  spread(steps: number, least: number): Spread {
    const top = Math.max(least, this.quantile(0.98))
    const bars = Array<number>(steps).fill(0)
    for (const [bucket, count] of this.#buckets) {
      const step = Math.min(steps - 1, Math.floor((this.#middle(bucket) / top) * steps))
      bars[step] = (bars[step] ?? 0) + count
    }
    return { count: this.#count, p75: this.quantile(0.75), ...this.#ratings, bars, top }
  }

  #change(value: number, by: 1 | -1): void {
    const bucket = value < this.#smallest ? -1 : Math.floor(Math.log(value / this.#smallest) / width)
    const count = (this.#buckets.get(bucket) ?? 0) + by
    if (count) this.#buckets.set(bucket, count)
    else this.#buckets.delete(bucket)
    this.#ratings[this.#rate(value)] += by
    this.#count += by
  }

  #middle(bucket: number): number {
    return bucket < 0 ? 0 : this.#smallest * Math.exp((bucket + 0.5) * width)
  }

  #sorted(): [bucket: number, count: number][] {
    return [...this.#buckets].sort(([a], [b]) => a - b)
  }
}

const width = Math.log(1.01)
