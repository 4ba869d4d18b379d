import { Distribution } from './distribution.ts'
import { type Measure, measures, type PageSummary } from './summaries.ts'
import { thresholds } from './thresholds.ts'

/** What a view adds to the statistics of the page that it is filed under. */
export interface Filed {
  page: string
  measured: Partial<Record<Measure, number>>
}

/** The vitals of every page, over all views: one value of a measure for each view, kept up to date as beacons come. */
export class PageStatistics {
  readonly #pages = new Map<string, { views: number; spreads: Map<Measure, Distribution> }>()

  get size(): number {
    return this.#pages.size
  }

  /** Takes what was said of a view back, and says what holds now. */
  refile(before: Filed | undefined, now: Filed): void {
    if (before) this.#file(before, -1)
    this.#file(now, 1)
  }

  /** The pages from the `from`th to before the `to`th, those with the most views first. */
  summaries(from: number, to: number): PageSummary[] {
    return [...this.#pages]
      .sort(([a, { views: most }], [b, { views: least }]) => least - most || (a < b ? -1 : 1))
      .slice(from, to)
      .map(([page, { views, spreads }]) => ({
        page,
        views,
        measured: Object.fromEntries(
          measures.flatMap((name) => {
            const spread = spreads.get(name)
            return spread?.count ? [[name, spread.spread(bars, thresholds[name][1] * 1.25)]] : []
          }),
        ),
      }))
  }

  #file({ page, measured }: Filed, by: 1 | -1): void {
    const entry = this.#pages.get(page) ?? { views: 0, spreads: new Map<Measure, Distribution>() }
    entry.views += by
    for (const [name, value] of Object.entries(measured) as [Measure, number][]) {
      const spread = entry.spreads.get(name) ?? new Distribution(name === 'cls' ? 0.0001 : 0.1, thresholds[name])
      if (by > 0) spread.add(value)
      else spread.remove(value)
      entry.spreads.set(name, spread)
    }
    if (entry.views) this.#pages.set(page, entry)
    else this.#pages.delete(page)
  }
}

const bars = 40
