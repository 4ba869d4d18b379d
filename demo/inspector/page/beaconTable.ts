import { html, nothing, type TemplateResult } from 'lit-html'
import type { StoredBeacon } from '../../store/storedBeacon.ts'
import { isHalf } from '../viewKey.ts'
import { type BeaconRow, beaconRows, rowKey } from './beaconRows.ts'
import { bytes, clock, plural } from './format.ts'
import type { Inspector } from './inspector.ts'
import type { Shown } from './shownView.ts'
import { splitList } from './splitList.ts'

/** The beacons of a view by their number, gaps included, and the JSON of the chosen one; and what stands beside. */
export function beaconTable(inspector: Inspector, { summary, model }: Shown): [TemplateResult, TemplateResult] {
  const rows = beaconRows(model.beacons)
  const show = (index: number) => {
    const row = rows[index]
    inspector.update({
      beacon: row && rowKey(row),
      openBeacon: row && 'beacon' in row ? row.beacon.payload.beacon.id : undefined,
    })
  }
  const rowOf = (wanted: string | undefined) => rows.findIndex((row) => rowKey(row) === wanted)
  const open = model.beacons.find(({ payload }) => payload.beacon.id === inspector.openBeacon)
  const options = {
    label: 'Beacons by their number',
    total: rows.length,
    rowHeight: 26,
    get active() {
      return rowOf(inspector.beacon)
    },
    selected: rowOf(inspector.openBeacon),
    row: (index: number) => beaconRow(rows[index] as BeaconRow),
    move: (index: number) =>
      inspector.openBeacon ? show(index) : inspector.update({ beacon: rows[index] && rowKey(rows[index]) }),
    pick: show,
  }
  const dropped = Object.entries(model.dropped)
  const size = model.beacons.reduce((sum, beacon) => sum + beacon.bytes, 0)
  return [
    html`<div class="beacon-head" aria-hidden="true">
        <span>Seq</span><span>Reason</span><span>Lane</span><span>Size</span><span>Received</span><span>What is new in it</span>
      </div>
      ${splitList(
        html`<virtual-list id="beacons" class="beacons" .options=${options}></virtual-list>`,
        open && { title: titleOf(open), value: open },
        () => inspector.update({ openBeacon: undefined }),
      )}`,
    html`<p class="aside">
      ${plural(model.beacons.length, 'beacon')}, ${bytes(size)}
      ${summary.lost ? html`<span class="bad">${plural(summary.lost, 'number')} missing</span>` : nothing}
      ${dropped.map(([cause, number]) => html`<span class="warn" title="A full queue in the client">${number} dropped: ${cause}</span>`)}
    </p>`,
  ]
}

function titleOf({ payload: { beacon } }: StoredBeacon): string {
  return `Beacon #${beacon.seq}${isHalf(beacon.id) ? ', another part' : ''}`
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
