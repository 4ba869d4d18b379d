import { html, nothing, type TemplateResult } from 'lit-html'
import type { Resource } from '../../../src/payload/payload.ts'
import { typeOf } from '../../../src/sources/resourceTypes.ts'
import { bytes, duration, plural, urlParts } from './format.ts'
import type { Inspector } from './inspector.ts'
import { splitList } from './splitList.ts'
import type { ViewModel } from './viewModel.ts'

/** The resources of a view, one bar each on a common axis; and what stands beside the title. */
export function resourceWaterfall(inspector: Inspector, model: ViewModel): [TemplateResult, TemplateResult] {
  const { resources } = model
  if (!resources.length) return [html`<p class="soft">No resource has been told of.</p>`, html``]
  const [from, to] = inspector.range ?? extent(resources)
  const listed = resources.filter(({ startTime, responseEnd }) => startTime <= to && responseEnd >= from)
  const chosen = resources.find((resource) => resource === inspector.openResource)
  const select = (index: number) => inspector.update({ resource: listed[index], openResource: listed[index] })
  const options = {
    label: 'Resources, in the order in which they were asked for',
    total: listed.length,
    rowHeight: 26,
    get active() {
      return inspector.resource ? listed.indexOf(inspector.resource) : -1
    },
    selected: chosen ? listed.indexOf(chosen) : -1,
    row: (index: number) => resourceRow(listed[index] as Resource, from, to),
    move: select,
    pick: select,
  }
  const size = listed.reduce((sum, { transferSize = 0 }) => sum + transferSize, 0)
  return [
    html`<div class="waterfall-head" aria-hidden="true">
        <span>Name</span><span>Status</span><span>Size</span><span>Time</span>
<span class="axis">${[0, 0.25, 0.5, 0.75].map((at) => html`<i .style=${`left: ${at * 100}%`}>${duration(from + at * (to - from))}</i>`)}</span>
      </div>
      ${splitList(
        html`<virtual-list id="resources" class="waterfall" .options=${options}></virtual-list>`,
        chosen && { title: urlParts(chosen.name).file, value: chosen },
        () => inspector.update({ openResource: undefined }),
      )}`,
    html`<p class="aside">
      ${listed.length < resources.length ? html`${listed.length} of ` : nothing}${plural(resources.length, 'request')}, ${bytes(size)}
      over the network
    </p>`,
  ]
}

function extent(resources: Resource[]): [number, number] {
  const end = resources.reduce((time, { responseEnd, startTime }) => Math.max(time, responseEnd, startTime), 0)
  const start = resources[0]?.startTime ?? 0
  return [Math.max(0, start - (end - start) * 0.02), end + (end - start) * 0.02 || end + 1]
}

function resourceRow(resource: Resource, from: number, to: number): TemplateResult {
  const { name, startTime, responseStart, responseEnd, responseStatus, transferSize, deliveryType } = resource
  const { file, place } = urlParts(name)
  const at = (time: number) => Math.min(100, Math.max(0, ((time - from) / (to - from)) * 100))
  // another origin hides when its first byte came
  const first = responseStart >= startTime ? responseStart : responseEnd
  const isBad = (responseStatus ?? 0) >= 400
  const size = deliveryType === 'cache' ? 'cache' : transferSize ? bytes(transferSize) : '–'
  const bar = (className: string, start: number, end: number) =>
    html`<i class=${className} .style=${`left: ${at(start)}%; width: max(${className === 'got' ? 2 : 0}px, ${at(end) - at(start)}%)`}></i>`
  return html`<span class=${`resource type-${typeOf(resource as Resource & PerformanceResourceTiming)}${isBad ? ' failed' : ''}`} title=${name}>
    <span class="name"><b>${file}</b> <span class="soft">${place}</span></span>
    <span class="status">${responseStatus || '–'}</span>
    <span class="size">${size}</span>
    <span class="took">${duration(resource.duration)}</span>
    <span class="track" aria-hidden="true">${bar('asked', startTime, first)}${bar('got', first, responseEnd)}</span>
  </span>`
}
