/** Items of a long list on the server, fetched as they are looked at, a hundred at a time. */
export class Slices<T> {
  #items = new Map<number, T>()
  #asked = new Set<number>()
  readonly #fetch: (from: number, to: number) => Promise<T[]>
  readonly #arrived: () => void

  constructor(fetch: (from: number, to: number) => Promise<T[]>, arrived: () => void) {
    this.#fetch = fetch
    this.#arrived = arrived
  }

  /** The item, if it is here; if not, it is on its way. */
  at(index: number): T | undefined {
    const item = this.#items.get(index)
    if (item === undefined) this.#ask(Math.floor(index / size))
    return item
  }

  set(index: number, item: T): void {
    this.#items.set(index, item)
  }

  /** Forgets everything: what is looked at is fetched anew. */
  clear(): void {
    // new ones: what is still on its way is of the past
    this.#items = new Map()
    this.#asked = new Set()
  }

  async #ask(slice: number): Promise<void> {
    const [items, asked] = [this.#items, this.#asked]
    if (asked.has(slice)) return
    asked.add(slice)
    try {
      const found = await this.#fetch(slice * size, (slice + 1) * size)
      for (const [n, item] of found.entries()) items.set(slice * size + n, item)
      if (found.length) this.#arrived()
    } catch {
      // the receiver is away, which the page shows anyway; the next look asks again
    } finally {
      asked.delete(slice)
    }
  }
}

const size = 100
