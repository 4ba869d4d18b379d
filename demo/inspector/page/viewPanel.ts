import { html, nothing, type TemplateResult } from 'lit-html'
import { beaconTable } from './beaconTable.ts'
import { bytes, clock, count, duration, plural } from './format.ts'
import type { Inspector } from './inspector.ts'
import { sectionOf } from './pointing.ts'
import { resourceWaterfall } from './resourceWaterfall.ts'
import type { Shown } from './shownView.ts'
import { timeLineSection } from './timeLineSection.ts'
import { vitals } from './vitals.ts'

/** All that is known of one view; of one that can't be drawn, why. The rest of the page lives. */
export function viewPanel(inspector: Inspector): TemplateResult {
  try {
    return sections(inspector)
  } catch (error) {
    return html`<p class="pending bad" role="alert">This view can not be drawn: ${String(error)}</p>`
  }
}

function sections(inspector: Inspector): TemplateResult {
  const { shown, totals, problem } = inspector
  if (problem) return html`<p class="pending bad" role="alert">${problem}</p>`
  if (!shown) return html`<p class="soft pending">${totals ? 'Choose a view.' : ''}</p>`
  const part = (name: string, title: string, body: unknown, aside: unknown = nothing) =>
    html`<section
      class=${`part${isPointedAt(inspector, name) ? ' pointed' : ''}`}
      data-section=${name}
      aria-labelledby=${`${name}-title`}
    >
      <div class="part-head">
        <h3 id=${`${name}-title`}>${title}</h3>
        ${aside}
      </div>
      ${body}
    </section>`
  const { model } = shown
  return html`
    <section class=${`part view-head${isPointedAt(inspector, 'view') ? ' pointed' : ''}`} data-section="view">
      ${viewHead(shown)} ${incomplete(inspector, shown)}
    </section>
    ${part('vitals', 'Vitals', vitals(model))}
    ${part('timeline', 'Time line', ...timeLineSection(inspector, model))}
    ${part('resources', 'Resources', ...resourceWaterfall(inspector, model))}
    ${part('beacons', 'Beacons', ...beaconTable(inspector, shown))}
  `
}

function isPointedAt({ pointedAt }: Inspector, section: string): boolean {
  return !!pointedAt && sectionOf(pointedAt) === section
}

function viewHead({ summary, session, model }: Shown): TemplateResult {
  const { view, attributes, metrics, names } = model
  const device = attributes?.device
  const facts: [name: string, value: unknown][] = [
    ['Began', `${clock(summary.startTime)}${metrics.navigationType ? `, ${metrics.navigationType}` : ''}`],
    ['Referrer', view?.referer],
    ['Browser', `${attributes?.browser ?? ''} ${attributes?.browserVersion ?? ''}`.trim()],
    [
      'Device',
      [device?.platform, device?.type, device?.cpu && `${device.cpu} cores`, device?.memory && `${device.memory} GiB`]
        .filter(Boolean)
        .join(', '),
    ],
    ['Connection', connection(attributes?.connection)],
    ['Memory', model.usedMemory === undefined ? '' : bytes(model.usedMemory)],
    [
      'Labels',
      attributes?.labels?.length ? attributes.labels.map((label) => html`<code class="tag">${label}</code> `) : '',
    ],
    ['Names', names.length > 1 ? names.map((name) => html`<code class="tag">${name}</code> `) : ''],
    [
      'Session',
      html`<code>${session.id}</code>, ${plural(session.views, 'view')}, ${duration(Math.max(0, session.lastAt - session.startTime))}`,
    ],
  ]
  return html`
    <h2>${view?.id ?? summary.page}</h2>
    <p class="href">${view?.href}</p>
    <dl class="facts">
      ${facts.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
  `
}

/** What of the view is not shown, and why. */
function incomplete(inspector: Inspector, { summary, stored, isCut, unreadable }: Shown): TemplateResult {
  return html`${
    isCut
      ? html`<p class="incomplete">
          The first ${count(stored.length)} of ${plural(summary.beacons, 'beacon')} are shown.
          <button class="button small" type="button" @click=${() => inspector.showMore()}>Show more</button>
        </p>`
      : nothing
  }${unreadable ? html`<p class="incomplete bad">${plural(unreadable, 'beacon')} in the store can not be read.</p>` : nothing}`
}

function connection(given: NonNullable<Shown['model']['attributes']>['connection'] | undefined): string {
  if (!given) return ''
  const { effectiveType, rtt, downlink, saveData } = given
  return `${effectiveType}, ${rtt} ms, ${downlink} Mbit/s${saveData ? ', saves data' : ''}`
}
