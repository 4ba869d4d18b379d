/** Items of a long list on the server, fetched as they are looked at, a hundred at a time. */
export class Slices<T> {
  #items = new Map<number, T>()
  #asked = new Set<number>()
  #stale = new Set<number>()
  readonly #fetch: (from: number, to: number) => Promise<T[]>
  readonly #arrived: () => void

  constructor(fetch: (from: number, to: number) => Promise<T[]>, arrived: () => void) {
    this.#fetch = fetch
    this.#arrived = arrived
  }

  /** The item, if it is here; if not, or if it is an old one, it is on its way. */
  at(index: number): T | undefined {
    const item = this.#items.get(index)
    const slice = Math.floor(index / size)
    if (item === undefined || this.#stale.has(slice)) this.#ask(slice)
    return item
  }

  set(index: number, item: T): void {
    this.#items.set(index, item)
  }

  /** Where the first item is, among those that are here, that is looked for; -1 where there is none. */
  indexOf(isIt: (item: T) => boolean): number {
    for (const [index, item] of this.#items) if (isIt(item)) return index
    return -1
  }

  /** What is looked at is fetched anew; what is here stays until then. */
  refresh(): void {
    for (const index of this.#items.keys()) this.#stale.add(Math.floor(index / size))
    // an answer on its way may be of before
    for (const slice of this.#asked) this.#stale.add(slice)
  }

  /** Forgets everything: what is looked at is fetched anew. */
  clear(): void {
    // new ones: what is still on its way is of the past
    this.#items = new Map()
    this.#asked = new Set()
    this.#stale = new Set()
  }

  async #ask(slice: number): Promise<void> {
    const [items, asked, stale] = [this.#items, this.#asked, this.#stale]
    if (asked.has(slice)) return
    asked.add(slice)
    const wasStale = stale.delete(slice)
    try {
      const found = await this.#fetch(slice * size, (slice + 1) * size)
      for (let n = 0; n < size; n++) {
        const item = found[n]
        if (item !== undefined) items.set(slice * size + n, item)
        else if (wasStale) items.delete(slice * size + n)
      }
      if (found.length || wasStale) this.#arrived()
    } catch {
      // the receiver is away, which the page shows anyway; the next look asks again
      if (wasStale) stale.add(slice)
    } finally {
      asked.delete(slice)
    }
  }
}

const size = 100
