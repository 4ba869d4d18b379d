import { html, nothing, type TemplateResult } from 'lit-html'
import type { SessionSummary, ViewSummary } from '../summaries.ts'
import { rate } from '../thresholds.ts'
import { clock, measured, plural } from './format.ts'
import type { Inspector } from './inspector.ts'

/** The sessions, the newest first, and the views of the one that is open. */
export function sessionTree(inspector: Inspector): TemplateResult {
  const { shown } = inspector
  const selected = shown ? { session: shown.summary.session, position: shown.summary.position } : undefined
  const options = {
    label: 'Sessions and views',
    role: 'tree' as const,
    // as it is when a key is pressed, which may be before the next drawing
    get total() {
      return inspector.tree.size
    },
    rowHeight: 44,
    get active() {
      return inspector.tree.indexOf(inspector.active)
    },
    selected: inspector.tree.indexOf(selected),
    row: (index: number) => row(inspector, index),
    key: (index: number) => {
      const { session, position } = inspector.tree.at(index)
      return `${session}/${position ?? ''}`
    },
    level: (index: number) => {
      const { session, position } = inspector.tree.at(index)
      const { sessions, first, open } = inspector.tree
      const { views = 0 } = open ?? {}
      return position === undefined
        ? { level: 1, isOpen: session === inspector.openSession, size: sessions, place: sessions - (session - first) }
        : { level: 2, size: views, place: views - position }
    },
    move: (index: number) => inspector.update({ active: inspector.tree.at(index) }),
    pick: (index: number) => pick(inspector, index),
    turn: (index: number, direction: 'left' | 'right') => turn(inspector, index, direction),
  }
  return html`<virtual-list id="tree" class="tree" .options=${options}></virtual-list>`
}

function pick(inspector: Inspector, index: number): void {
  const { session, position } = inspector.tree.at(index)
  inspector.update({ active: { session, ...(position !== undefined && { position }) } })
  if (position === undefined) inspector.openTo(session === inspector.openSession ? undefined : session)
  else void inspector.chooseAt(session, position)
}

/** As in every tree: right opens and goes in, left closes and goes out. */
function turn(inspector: Inspector, index: number, direction: 'left' | 'right'): void {
  const { session, position } = inspector.tree.at(index)
  const isOpen = session === inspector.openSession
  if (direction === 'right') {
    if (position === undefined && !isOpen) inspector.openTo(session)
    else if (position === undefined) inspector.update({ active: inspector.tree.at(index + 1) })
  } else if (position !== undefined) inspector.update({ active: { session } })
  else if (isOpen) inspector.openTo(undefined)
}

function row(inspector: Inspector, index: number): TemplateResult {
  const { session, position } = inspector.tree.at(index)
  if (position === undefined) return sessionRow(inspector.sessions.at(session), session === inspector.openSession)
  return viewRow(inspector.views.at(position))
}

function sessionRow(session: SessionSummary | undefined, isOpen: boolean): TemplateResult {
  if (!session) return html`<span class="waiting"></span>`
  const { id, startTime, views, browser, device, errors, lost } = session
  return html`<span class="session">
    <span class=${`chevron${isOpen ? ' open' : ''}`} aria-hidden="true"></span>
    <span class="name"><b>${clock(startTime)}</b> <span class="id">${id.slice(0, 8)}</span></span>
    <span class="badges">${badges(errors, lost)}</span>
    <span class="sub">${[plural(views, 'view'), browser, device].filter(Boolean).join(' · ')}</span>
  </span>`
}

function viewRow(view: ViewSummary | undefined): TemplateResult {
  if (!view) return html`<span class="waiting"></span>`
  const { page, startTime, beacons, errors, lost } = view
  return html`<span class="view-row">
    <span class="name" title=${page}>${page}</span>
    <span class="badges">${dots(view)} ${badges(errors, lost)}</span>
    <span class="sub">${clock(startTime)} · ${plural(beacons, 'beacon')}</span>
  </span>`
}

function badges(errors: number, lost: number): TemplateResult {
  return html`${errors ? html`<span class="badge bad" title=${plural(errors, 'error')}>${errors}</span>` : nothing}
  ${lost ? html`<span class="badge hollow" title=${`${plural(lost, 'beacon')} lost`}>−${lost}</span>` : nothing}`
}

/** The three Core Web Vitals: colour, and in words for who does not see it. */
function dots({ measured: values }: ViewSummary): TemplateResult {
  const core = (['lcp', 'inp', 'cls'] as const).flatMap((name) => {
    const value = values[name]
    return value === undefined ? [] : [{ name, value, rating: rate(name, value) }]
  })
  const text = core
    .map(({ name, value, rating }) => `${name.toUpperCase()} ${measured(name, value)} ${rating}`)
    .join(', ')
  if (!core.length) return html``
  return html`<span class="dots" role="img" aria-label=${text} title=${text}
    >${core.map(({ rating }) => html`<i class=${rating}></i>`)}</span
  >`
}
