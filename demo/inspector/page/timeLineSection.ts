import { html, type TemplateResult } from 'lit-html'
import { duration, plural } from './format.ts'
import { type Happening, type Kind, kinds } from './happenings.ts'
import type { Inspector } from './inspector.ts'
import { splitList } from './splitList.ts'
import type { ViewModel } from './viewModel.ts'

/** Everything with a time on one axis, and below it the same as a list; and what stands beside the title. */
export function timeLineSection(inspector: Inspector, model: ViewModel): [TemplateResult, TemplateResult] {
  const { happenings } = model
  const listed = happenings.filter(({ kind }) => !inspector.hidden.has(kind))
  const chosen = happenings.find(({ key }) => key === inspector.openHappening)
  const pick = (index: number) => choose(inspector, listed[index])
  const options = {
    label: 'What happened, in its order',
    total: listed.length,
    rowHeight: 24,
    get active() {
      return listed.findIndex(({ key }) => key === inspector.happening)
    },
    selected: chosen ? listed.indexOf(chosen) : -1,
    row: (index: number) => happeningRow(listed[index] as Happening),
    move: pick,
    pick,
  }
  const body = html`
    <time-line
      .options=${{
        model,
        range: inspector.range,
        chosen,
        zoom: (range: Inspector['range']) => inspector.update({ range }),
        choose: (happening: Happening) => choose(inspector, happening),
      }}
    ></time-line>
    ${splitList(
      html`<virtual-list id="happenings" class="log" .options=${options}></virtual-list>`,
      chosen && { title: `${kinds[chosen.kind]} at ${duration(chosen.time)}`, value: chosen.detail },
      () => inspector.update({ openHappening: undefined }),
    )}
  `
  return [
    happenings.length || model.fps.length ? body : html`<p class="soft">Nothing with a time has arrived yet.</p>`,
    filters(inspector, happenings),
  ]
}

function choose(inspector: Inspector, happening: Happening | undefined): void {
  inspector.update({ happening: happening?.key, openHappening: happening?.key })
}

function filters(inspector: Inspector, happenings: Happening[]): TemplateResult {
  const counts = new Map<Kind, number>()
  for (const { kind } of happenings) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const toggle = (kind: Kind) => {
    const hidden = new Set(inspector.hidden)
    if (!hidden.delete(kind)) hidden.add(kind)
    inspector.update({ hidden })
  }
  return html`<div class="chips" role="group" aria-label="Kinds in the list">
    ${Object.entries(kinds).flatMap(([name, label]) => {
      const kind = name as Kind
      const number = counts.get(kind)
      if (!number) return []
      return html`<button
        class=${`chip kind-${kind}`}
        type="button"
        aria-pressed=${!inspector.hidden.has(kind)}
        title=${plural(number, 'item')}
        @click=${() => toggle(kind)}
      >
        <i aria-hidden="true"></i>${label} <span>${number}</span>
      </button>`
    })}
  </div>`
}

function happeningRow({ kind, time, title, tone }: Happening): TemplateResult {
  return html`<span class="happening">
    <span class="time">${duration(time)}</span>
    <span class=${`kind kind-${kind}`}><i aria-hidden="true"></i>${kinds[kind]}</span>
    <span class=${`title ${tone ?? ''}`} title=${title}>${title}</span>
  </span>`
}
