import type { PageSummary } from '../summaries.ts'
import type { Receiver } from './receiver.ts'
import { Slices } from './slices.ts'

/** The pages, those with the most views first, and the one that is chosen; each change asks for a drawing. */
export class PageList {
  /** How many there are, as far as they were asked for. */
  total = 0
  chosen: PageSummary | undefined
  readonly #slices: Slices<PageSummary>
  readonly #receiver: Receiver
  readonly #draw: () => void
  /** Where the keyboard is, as long as the page there has not come. */
  #wanted = -1
  #refreshedAt = 0
  #timer: number | undefined

  constructor(receiver: Receiver, draw: () => void) {
    this.#receiver = receiver
    this.#draw = draw
    this.#slices = new Slices((from, to) => this.#fetch(from, to), draw)
  }

  at(index: number): PageSummary | undefined {
    return this.#slices.at(index)
  }

  choose(index: number): void {
    this.#wanted = index
    this.chosen = this.at(index)
    this.#draw()
  }

  /** The row of the chosen one, which may be another one with each answer; -1 where it is not among those that are here. */
  get row(): number {
    return this.chosen ? this.#slices.indexOf(({ page }) => page === this.chosen?.page) : this.#wanted
  }

  refresh(): void {
    this.#refreshedAt = Date.now()
    this.#slices.refresh()
    this.#draw()
  }

  /** The same, but no more often than every two seconds, however often beacons come. */
  refreshSoon(): void {
    this.#timer ??= window.setTimeout(
      () => {
        this.#timer = undefined
        this.refresh()
      },
      Math.max(0, this.#refreshedAt + 2000 - Date.now()),
    )
  }

  async #fetch(from: number, to: number): Promise<PageSummary[]> {
    const { total, pages } = await this.#receiver.get<{ total: number; pages: PageSummary[] }>(
      `pages?from=${from}&to=${to}`,
    )
    this.total = total
    const { chosen } = this
    // it may be in another part of the list; if this is all of it, it is gone
    const rest = pages.length < total ? chosen : undefined
    this.chosen = chosen ? (pages.find(({ page }) => page === chosen.page) ?? rest) : pages[this.#wanted - from]
    return pages
  }
}
