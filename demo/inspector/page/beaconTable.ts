import { html, nothing, type TemplateResult } from 'lit-html'
import { type BeaconRow, beaconRows } from './beaconRows.ts'
import { bytes, clock, plural } from './format.ts'
import type { Inspector, Shown } from './inspector.ts'
import { jsonBlock } from './jsonBlock.ts'

/** The beacons of a view by their number, gaps included, and the JSON of the chosen one; and what stands beside. */
export function beaconTable(inspector: Inspector, { summary, model }: Shown): [TemplateResult, TemplateResult] {
  const rows = beaconRows(model.beacons)
  const show = (index: number) => {
    const row = rows[index]
    inspector.update({ beacon: index, raw: row && 'beacon' in row ? row.beacon.payload.beacon.seq : undefined })
  }
  const raw = model.beacons.find(({ payload }) => payload.beacon.seq === inspector.raw)
  const options = {
    label: 'Beacons by their number',
    total: rows.length,
    rowHeight: 26,
    get active() {
      return inspector.beacon
    },
    selected: inspector.raw === undefined ? -1 : inspector.beacon,
    row: (index: number) => beaconRow(rows[index] as BeaconRow),
    move: (index: number) => (inspector.raw === undefined ? inspector.update({ beacon: index }) : show(index)),
    pick: show,
  }
  const dropped = Object.entries(model.dropped)
  const size = model.beacons.reduce((sum, beacon) => sum + beacon.bytes, 0)
  return [
    html`<div class="beacon-head" aria-hidden="true">
        <span>Seq</span><span>Reason</span><span>Lane</span><span>Size</span><span>Received</span><span>What is new in it</span>
      </div>
      <div class="split-list">
        <virtual-list id="beacons" class="beacons" .options=${options}></virtual-list>
        ${raw ? jsonBlock(`Beacon #${raw.payload.beacon.seq}`, raw, () => inspector.update({ raw: undefined })) : nothing}
      </div>`,
    html`<p class="aside">
      ${plural(model.beacons.length, 'beacon')}, ${bytes(size)}
      ${summary.lost ? html`<span class="bad">${plural(summary.lost, 'number')} missing</span>` : nothing}
      ${dropped.map(([cause, number]) => html`<span class="warn" title="A full queue in the client">${number} dropped: ${cause}</span>`)}
    </p>`,
  ]
}

function beaconRow(row: BeaconRow): TemplateResult {
  if ('missing' in row) {
    const [first, last] = row.missing
    const text = first === last ? `#${first} has not arrived` : `#${first} to #${last} have not arrived`
    return html`<span class="gap">${text}: lost, or still on the way</span>`
  }
  const { beacon, lane, inside } = row
  const { seq, reason } = beacon.payload.beacon
  const { encoding, receivedAt } = beacon
  return html`<span class="beacon">
    <span class="seq">#${seq}</span>
    <span class=${`reason reason-${reason}`}>${reason}</span>
    <span class="lane">${lane}</span>
    <span class="size">${bytes(beacon.bytes)}${encoding === 'identity' ? nothing : html` <small>${encoding}</small>`}</span>
    <span class="received">${clock(receivedAt)}</span>
    <span class="inside" title=${inside}>${inside}</span>
  </span>`
}
