import { html, nothing, type TemplateResult } from 'lit-html'
import type { Attribution, SoftNavigation } from '../../../src/payload/payload.ts'
import { type Measure, measures } from '../summaries.ts'
import { rate, thresholds } from '../thresholds.ts'
import { duration, measured, urlParts } from './format.ts'
import type { ViewModel } from './viewModel.ts'

/** A gauge for each vital, with what made it as large as it is. */
export function vitals({ metrics }: ViewModel): TemplateResult {
  const soft = Object.values(metrics.softNavigations ?? {})
  return html`
    <ul class="gauges">
      ${measures.map((name) => {
        const cause = name === 'fid' ? undefined : metrics.attribution?.[name]
        return html`<li class="gauge">${gauge(name, metrics[name])} ${cause ? because(name, cause) : nothing}</li>`
      })}
    </ul>
    ${soft.length ? softNavigations(soft) : nothing}
  `
}

const names: Record<Measure, string> = {
  lcp: 'Largest contentful paint',
  inp: 'Interaction to next paint',
  cls: 'Cumulative layout shift',
  fcp: 'First contentful paint',
  ttfb: 'Time to first byte',
  fid: 'First input delay',
}

const ratings = { good: 'good', fair: 'needs improvement', poor: 'poor' }

function gauge(name: Measure, value: number | undefined): TemplateResult {
  const [good, poor] = thresholds[name]
  const title = html`<h4><abbr title=${names[name]}>${name.toUpperCase()}</abbr></h4>`
  if (value === undefined) return html`${title}<p class="value none">–</p>${scale(name)}`
  const rating = rate(name, value)
  return html`${title}
    <p class=${`value ${rating}`}>${measured(name, value)}</p>
    <div
      role="meter"
      aria-label=${names[name]}
      aria-valuemin="0"
      aria-valuemax=${Math.max(poor * 2, value)}
      aria-valuenow=${value}
      aria-valuetext=${`${measured(name, value)}, ${ratings[rating]}; good up to ${measured(name, good)}, poor above ${measured(name, poor)}`}
    >
      ${scale(name, value)}
    </div>`
}

/** Three thirds, one for each rating; within each the needle moves evenly, and stops at twice what is poor. */
function scale(name: Measure, value?: number): TemplateResult {
  const [good, poor] = thresholds[name]
  const bounds = [0, good, poor, poor * 2]
  const third = value === undefined || value <= good ? 0 : value <= poor ? 1 : 2
  const [from = 0, to = 1] = bounds.slice(third)
  const at = value === undefined ? 0 : ((third + Math.min(1, (value - from) / (to - from))) / 3) * 100
  return html`<div class="scale" aria-hidden="true">
    <i class="good"></i><i class="fair"></i><i class="poor"></i>
    ${value === undefined ? nothing : html`<b class="needle" .style=${`left: ${at}%`}></b>`}
    <span class="at-third">${measured(name, good)}</span><span class="at-two-thirds">${measured(name, poor)}</span>
  </div>`
}

const partNames: Record<string, string> = {
  timeToFirstByte: 'first byte',
  resourceLoadDelay: 'load delay',
  resourceLoadDuration: 'load',
  elementRenderDelay: 'render delay',
  firstByteToFCP: 'after first byte',
  inputDelay: 'input delay',
  processingDuration: 'processing',
  presentationDelay: 'presentation',
  waitingDuration: 'waiting',
  cacheDuration: 'cache',
  dnsDuration: 'DNS',
  connectionDuration: 'connection',
  requestDuration: 'request',
}

/** What a vital is made of, and the element, the resource or the script behind it. */
function because(name: Measure, cause: Attribution): TemplateResult {
  const parts = Object.entries(partNames).flatMap(([key, label]) => {
    const value = cause[key]
    return typeof value === 'number' && value > 0 ? [{ label, value }] : []
  })
  const { target, url, longestScript: script } = cause
  const shift = Number(cause.largestShiftValue)
  return html`<div class="because">
    ${parts.length > 1 ? partsBar(parts) : nothing}
    ${target ? html`<p><span class="soft">element</span> <code title=${target}>${target}</code></p>` : nothing}
    ${url ? html`<p><span class="soft">resource</span> <code title=${url}>${urlParts(url).file}</code></p>` : nothing}
    ${
      script
        ? html`<p>
            <span class="soft">script</span>
            <code title=${script.sourceURL}>${script.invoker}${script.sourceFunctionName ? ` ${script.sourceFunctionName}()` : ''}</code>
            ${duration(script.duration)}
          </p>`
        : nothing
    }
    ${name === 'cls' && shift > 0 ? html`<p><span class="soft">largest shift</span> ${shift.toFixed(3)} at ${duration(Number(cause.largestShiftTime))}</p>` : nothing}
  </div>`
}

function partsBar(parts: { label: string; value: number }[]): TemplateResult {
  return html`<div class="parts" aria-hidden="true">
      ${parts.map(({ value }, n) => html`<i class=${`shade-${n}`} .style=${`flex-grow: ${value}`}></i>`)}
    </div>
    <p class="legend">
      ${parts.map(({ label, value }, n) => html`<span><i class=${`shade-${n}`} aria-hidden="true"></i>${label} ${duration(value)}</span> `)}
    </p>`
}

function softNavigations(soft: SoftNavigation[]): TemplateResult {
  const shown = ['lcp', 'inp', 'cls', 'fcp'] as const
  return html`<table class="soft-navigations">
    <caption>Soft navigations</caption>
    <thead>
      <tr><th scope="col">Route</th><th scope="col">At</th>${shown.map((name) => html`<th scope="col">${name.toUpperCase()}</th>`)}</tr>
    </thead>
    <tbody>
      ${soft.map(
        (each) => html`<tr>
          <th scope="row"><code title=${each.url}>${URL.canParse(each.url) ? new URL(each.url).pathname + new URL(each.url).search : each.url}</code></th>
          <td>${duration(each.startTime)}</td>
          ${shown.map((name) => {
            const value = each[name]
            return html`<td class=${value === undefined ? '' : rate(name, value)}>${value === undefined ? '–' : measured(name, value)}</td>`
          })}
        </tr>`,
      )}
    </tbody>
  </table>`
}
