/** Remembers the last `limit` ids, and forgets the oldest beyond. */
export class RecentIds {
  readonly #ids = new Set<string>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  add(id: string): void {
    this.#ids.add(id)
    if (this.#ids.size > this.#limit) this.#ids.delete(this.#ids.values().next().value as string)
  }
}
