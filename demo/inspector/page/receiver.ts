/** Asks the receiver for JSON by a path below its address. */
export class Receiver {
  readonly #address: string

  constructor(address: string) {
    this.#address = address
  }

  /** Rejects with `Away` where there is no answer, and with the reason where it is refused. */
  async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.#address}/${path}`).catch(() => {
      throw new Away()
    })
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return answer.json()
  }
}

export class Away extends Error {}

/** A receiver that is away is told of by the connection; anything else is a fault of the inspector. */
export function unlessAway(error: unknown): [] {
  if (error instanceof Away) return []
  throw error
}
