import type { Arrival } from '../harness/inbox.ts'

/** The numbers in what a page has sent. */
export const numbersIn = (text: string): string[] => text.match(/#[\da-f]+-\d+#/g) ?? []

/** What a receiver has that keeps the first beacon of each id and drops what comes again. */
export class Tally {
  /** Numbers that have arrived; what was refused has not. */
  readonly arrived = new Set<string>()
  /** Beacons that came again with an id that the receiver had. */
  repeated = 0
  /** Numbers in beacons that came again, with the id: where the first one lacked a number, it is lost on the receiver. */
  readonly dropped = new Map<string, string>()
  readonly #kept = new Set<string>()
  readonly #ids = new Map<string, Set<string>>()
  #counted = 0

  /** Counts what is new in a growing list of arrivals. */
  count(arrivals: Arrival[]): this {
    for (; this.#counted < arrivals.length; this.#counted++) this.#add(arrivals[this.#counted] as Arrival)
    return this
  }

  /** Numbers that came under more than one id, each with its ids: a receiver would count them twice. */
  get underTwoIds(): Record<string, string[]> {
    const several = [...this.#ids].filter(([, { size }]) => size > 1)
    return Object.fromEntries(several.map(([number, ids]) => [number, [...ids]]))
  }

  #add({ payload, text, answer }: Arrival): void {
    const { id } = payload.beacon
    const status = typeof answer === 'string' ? 0 : (answer.status ?? 204)
    const numbers = numbersIn(text)
    // what is too large comes again as two, the second half under an id of its own
    if (status !== 413)
      for (const number of numbers) this.#ids.set(number, (this.#ids.get(number) ?? new Set()).add(id))
    if (status < 200 || status > 299) return
    if (this.#kept.has(id)) {
      this.repeated++
      for (const number of numbers) this.dropped.set(number, id)
    } else for (const number of numbers) this.arrived.add(number)
    this.#kept.add(id)
  }
}
