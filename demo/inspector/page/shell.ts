import { html, nothing, type TemplateResult } from 'lit-html'
import { emptyState } from './emptyState.ts'
import { bytes, clock, count, plural } from './format.ts'
import type { Inspector } from './inspector.ts'
import { pagesPanel } from './pagesPanel.ts'
import { sessionTree } from './sessionTree.ts'
import { viewPanel } from './viewPanel.ts'

/** The whole inspector. */
export function shell(inspector: Inspector): TemplateResult {
  const { totals, tab, status, isListShown } = inspector
  const isEmpty = totals?.beacons === 0
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
    ${bar(inspector)} ${connectionNote(inspector)}
    <main id="main" tabindex="-1" class=${`body ${tab}${isListShown ? ' list-shown' : ''}${status === 'lost' ? ' stale' : ''}`}>
      ${
        isEmpty
          ? emptyState()
          : tab === 'pages'
            ? pagesPanel(inspector)
            : html`
                <nav class="side" aria-label="Sessions and views">${sessionTree(inspector)}</nav>
                <section class="detail" id="detail" tabindex="-1" aria-label="The view">${viewPanel(inspector)}</section>
              `
      }
    </main>
  `
}

/** Without the address, which would lead to another tab. */
function skip(event: Event): void {
  event.preventDefault()
  const places = document.querySelectorAll<HTMLElement>('#detail, #main')
  // the view comes after its list in the document, and may be out of sight
  ;[...places].findLast((place) => place.checkVisibility())?.focus()
}

function bar(inspector: Inspector): TemplateResult {
  const { tab, isFollowing, isListShown, totals } = inspector
  const link = (name: typeof tab, hash: string, label: string) =>
    html`<a href=${hash} aria-current=${tab === name ? 'page' : nothing}>${label}</a>`
  return html`<header class="bar">
    <h1>Inspector</h1>
    <nav class="tabs" aria-label="Inspector">${link('views', '#views', 'Views')} ${link('pages', '#pages', 'Pages')}</nav>
    ${
      tab === 'views' && totals?.beacons
        ? html`<button
              class="button list-button"
              type="button"
              aria-expanded=${isListShown}
              @click=${() => inspector.update({ isListShown: !isListShown })}
            >
              Sessions
            </button>
            <button
              class="button follow"
              type="button"
              aria-pressed=${isFollowing}
              title="Show the newest view by itself"
              @click=${() => inspector.follow(!isFollowing)}
            >
              Follow newest
            </button>`
        : nothing
    }
    ${totalsLine(inspector)} ${light(inspector)}
  </header>`
}

function totalsLine({ totals }: Inspector): TemplateResult | typeof nothing {
  if (!totals?.beacons) return nothing
  const { beacons, bytes: size, lost, duplicates, sessions, views } = totals
  return html`<p class="totals">
    ${number(sessions, 'session')} ${number(views, 'view')} ${number(beacons, 'beacon')}
    <span><b>${bytes(size)}</b></span>
    ${lost ? html`<span class="bad" title="Numbers missing in a view"><b>${count(lost)}</b> lost</span>` : nothing}
    ${
      duplicates
        ? html`<span title="Came again, or are stored more than once: each counts once"><b>${count(duplicates)}</b> duplicates</span>`
        : nothing
    }
  </p>`
}

function number(amount: number, word: string): TemplateResult {
  return html`<span><b>${count(amount)}</b> ${word}${amount === 1 ? '' : 's'}</span>`
}

function light({ status }: Inspector): TemplateResult {
  const text = { connecting: 'Connecting', live: 'Live', lost: 'Not connected' }[status]
  return html`<p class=${`light ${status}`}><i aria-hidden="true"></i>${text}</p>`
}

/** Always in the document, so that a screen reader speaks what comes into it. */
function connectionNote({ status, lostAt, missed }: Inspector): TemplateResult {
  const text =
    status === 'lost'
      ? `No connection to the receiver since ${clock(lostAt)}. What you see is from then; trying again every second.`
      : missed !== undefined
        ? `Connected again. ${missed > 0 ? `${plural(missed, 'beacon')} came in the meantime.` : 'Nothing was missed.'}`
        : ''
  return html`<div class=${`note ${status === 'lost' ? 'lost' : 'back'}`} role="status">${text ? html`<p>${text}</p>` : nothing}</div>`
}
