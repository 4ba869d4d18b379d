import { html, nothing, type TemplateResult } from 'lit-html'
import type { Measure, PageSummary, Spread } from '../summaries.ts'
import { measures } from '../summaries.ts'
import { rate } from '../thresholds.ts'
import { count, measured, plural } from './format.ts'
import type { Inspector } from './inspector.ts'

const columns = ['lcp', 'inp', 'cls', 'fcp', 'ttfb'] as const

/** The 75th percentile of each vital by page, over everything stored; and how the chosen page's vitals are spread. */
export function pagesPanel(inspector: Inspector): TemplateResult {
  const { pages, totals } = inspector
  // the first slice also tells how many there are
  const first = pages.at(0)
  const pick = (index: number) => pages.choose(index)
  const options = {
    label: 'Pages, those with the most views first',
    total: pages.total,
    rowHeight: 44,
    get active() {
      return pages.row
    },
    selected: pages.row,
    row: (index: number) => pageRow(pages.at(index)),
    move: pick,
    pick,
  }
  const shown = pages.chosen ?? first
  return html`<section class="pages-panel" aria-labelledby="pages-title">
    <header class="pages-title">
      <h2 id="pages-title">Pages</h2>
      <p class="soft">
        75th percentile by <code>view.id</code>, over ${plural(totals?.views ?? 0, 'view')} stored. A view counts for the page
        that it landed on.
      </p>
    </header>
    <div class="pages-head" aria-hidden="true">
      <span>Page</span><span>Views</span>${columns.map((name) => html`<span>${name.toUpperCase()}</span>`)}
    </div>
    <virtual-list id="pages" class="pages" .options=${options}></virtual-list>
    ${shown ? spreads(shown) : nothing}
  </section>`
}

function pageRow(page: PageSummary | undefined): TemplateResult {
  if (!page) return html`<span class="waiting"></span>`
  return html`<span class="page-row">
    <span class="name" title=${page.page}>${page.page}</span>
    <span class="views">${count(page.views)}</span>
    ${columns.map((name) => cell(name, page.measured[name]))}
  </span>`
}

function cell(name: Measure, spread: Spread | undefined): TemplateResult {
  if (!spread) return html`<span class="p75 none">–</span>`
  return html`<span class="p75">
    <b class=${rate(name, spread.p75)}>${measured(name, spread.p75)}</b>
    ${shares(spread)}
  </span>`
}

/** How many views were good, fair and poor, as widths. */
function shares({ good, fair, poor, count: all }: Spread): TemplateResult {
  const percent = (part: number) => Math.round((part / all) * 100)
  const text = `${percent(good)} % good, ${percent(fair)} % need improvement, ${percent(poor)} % poor`
  return html`<span class="shares" role="img" aria-label=${text} title=${text}>
    ${(
      [
        ['good', good],
        ['fair', fair],
        ['poor', poor],
      ] as const
    ).map(([name, part]) => (part ? html`<i class=${name} .style=${`flex-grow: ${part}`}></i>` : nothing))}
  </span>`
}

function spreads({ page, measured: values }: PageSummary): TemplateResult {
  return html`<section class="spreads" aria-label=${`Distributions of ${page}`}>
    <h3>${page}</h3>
    <div class="spread-list">
      ${measures.map((name) => {
        const spread = values[name]
        if (!spread) return nothing
        return html`<figure>
          <figcaption>
            <b>${name.toUpperCase()}</b> <span class=${rate(name, spread.p75)}>p75 ${measured(name, spread.p75)}</span>
            <span class="soft">${plural(spread.count, 'view')}</span>
          </figcaption>
          <spread-chart .options=${{ name, spread }}></spread-chart>
          ${shares(spread)}
        </figure>`
      })}
    </div>
  </section>`
}
