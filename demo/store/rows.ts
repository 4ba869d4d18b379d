import type { Payload, Session } from '../../src/payload/payload.ts'
import { type Measure, measures } from '../inspector/summaries.ts'
import type { StoredBeacon } from './storedBeacon.ts'

/** A session's row, in the order of its columns. */
export interface SessionRow {
  n: number
  id: string
  first_at: number
  start_time: number
  last_at: number
  views: number
  beacons: number
  bytes: number
  lost: number
  errors: number
  browser: string
  device: string
}

/** A view's row, in the order of its columns. */
export interface ViewRow extends Measured {
  n: number
  key: string
  session: number
  position: number
  page: string
  named_by: number
  start_time: number
  last_at: number
  beacons: number
  bytes: number
  errors: number
  lost: number
  /** How many numbers below `settled` have come. */
  came: number
  /** Below this number, what has not come is lost. */
  settled: number
  /** The beacons up to this one count in `settled`. */
  settled_n: number
}

type Measured = Record<Measure, number | null> & Record<`${Measure}_seq`, number | null>

export function newSession(n: number, { id, startTime }: Session, at: number): SessionRow {
  const start = startTime ?? at
  return { ...emptySession, n, id, first_at: at, start_time: start }
}

export function newView(n: number, key: string, session: SessionRow, { view }: Payload, at: number): ViewRow {
  return { ...emptyView, n, key, session: session.n, position: session.views, start_time: view.startTime ?? at }
}

const none = { beacons: 0, bytes: 0, lost: 0, errors: 0, last_at: 0, start_time: 0, n: 0 }
const emptySession: SessionRow = { ...none, id: '', first_at: 0, views: 0, browser: '', device: '' }
const emptyView: ViewRow = {
  ...{ ...none, key: '', session: 0, position: 0, page: '', named_by: Number.MAX_SAFE_INTEGER },
  ...{ came: 0, settled: 0, settled_n: -1 },
  ...{ lcp: null, inp: null, cls: null, fcp: null, ttfb: null, fid: null },
  ...{ lcp_seq: null, inp_seq: null, cls_seq: null, fcp_seq: null, ttfb_seq: null, fid_seq: null },
}

export function addToSession(row: SessionRow, { receivedAt, bytes, payload }: StoredBeacon): void {
  row.last_at = Math.max(row.last_at, receivedAt)
  row.beacons++
  row.bytes += bytes
  row.errors += payload.view.errors?.length ?? 0
  const { browser, browserVersion, device } = payload.attributes ?? {}
  row.browser ||= plain([browser, browserVersion])
  row.device ||= plain([device?.platform, device?.type])
}

/**
 * Beacons may overtake each other: `seq` decides which measure is the later one. Says whether anything but counts has
 * changed.
 */
export function addToView(row: ViewRow, { receivedAt, bytes, payload }: StoredBeacon): boolean {
  const { view, metrics, beacon } = payload
  row.last_at = Math.max(row.last_at, receivedAt)
  row.beacons++
  row.bytes += bytes
  row.errors += view.errors?.length ?? 0
  // filed under the page that it landed on: the first that measures were read on, else the first of all
  const rank = beacon.seq + (metrics ? 0 : behindAll)
  if (rank < row.named_by) {
    row.named_by = rank
    row.page = plain([view.id])
  }
  for (const name of metrics ? measures : []) {
    const value = metrics?.[name]
    if (typeof value !== 'number' || !(value >= 0) || (row[`${name}_seq`] ?? -1) > beacon.seq) continue
    row[name] = value
    row[`${name}_seq`] = beacon.seq
  }
  return row.named_by === rank || metrics !== undefined
}

/** SQLite's functions end a text at its first NUL. */
const plain = (parts: (string | undefined)[]) => parts.filter(Boolean).join(' ').replaceAll('\0', '\uFFFD')

/** More than any number of a beacon. */
const behindAll = 1e10
