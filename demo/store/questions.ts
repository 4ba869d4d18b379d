import { existsSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import Database from 'libsql'
import { type ResourceLogs, toLogs } from '../../src/otlp.ts'
import { spreadsOf } from '../inspector/spread.ts'
import {
  type Change,
  measures,
  type PageSummary,
  type SessionSummary,
  type Totals,
  type ViewSummary,
} from '../inspector/summaries.ts'
import { idParts } from '../inspector/viewKey.ts'
import { checkPayload } from '../intake/checkPayload.ts'
import type { PayloadSchema } from '../intake/payloadSchema.ts'
import { FileWatch } from './fileWatch.ts'
import { columns, sessionOf, totalsOf, viewOf } from './summarising.ts'

/** What the reading thread is started with. */
export interface ReadingData {
  file: string
  schema: PayloadSchema
}

/** Runs in a thread of its own: whatever is asked, beacons do not wait for it. Its exports are the questions. */
const { file, schema } = workerData as ReadingData
const check = checkPayload(schema)
const state = { opened: open(), replaced: [] as ReturnType<typeof open>[] }

function open() {
  const db = new Database(file)
  db.exec('PRAGMA busy_timeout = 5000')
  db.exec('PRAGMA cache_size = -16000')
  const watch = new FileWatch(file)
  const statements = new Map<string, Database.Statement>()
  const all = <T>(sql: string, ...values: unknown[]): T[] => {
    const statement = statements.get(sql) ?? db.prepare(sql).raw()
    statements.set(sql, statement)
    return statement.all(values) as T[]
  }
  return { db, watch, all }
}

/** The rows of an answer. A file that has taken the place of the one that was opened is opened as well. */
function rows<T>(sql: string, ...values: unknown[]): T[] {
  if (state.opened.watch.state() !== 'intact' && existsSync(file)) {
    // it stays open: closing it would delete the log of the new one, which has the name of the old one's
    state.replaced.push(state.opened)
    state.opened = open()
  }
  return state.opened.all<T>(sql, ...values)
}

export interface Slice {
  from: number
  to: number
}

export function totals(): Totals & { run: string } {
  return totalsOf(rows<[string, ...number[]]>(columns.totals)[0] as [string, ...number[]])
}

/** Sessions by their number, `to` not included. */
export function sessions({ from, to }: Slice): SessionSummary[] {
  return rows(`${columns.sessions} WHERE n >= ? AND n < ? ORDER BY n`, from, to).map(sessionOf)
}

/** Views of a session by their position in it, `to` not included. */
export function viewsOf({ session, from, to }: Slice & { session: number }): ViewSummary[] {
  return rows(
    `${columns.views} WHERE session = ? AND position >= ? AND position < ? ORDER BY position`,
    session,
    from,
    to,
  ).map(viewOf)
}

export function view(n: number): { view: ViewSummary; session: SessionSummary } | undefined {
  const [found] = rows(`${columns.views} WHERE n = ?`, n).map(viewOf)
  const [session] = found ? rows(`${columns.sessions} WHERE n = ?`, found.session).map(sessionOf) : []
  return found && session && { view: found, session }
}

/** The view that a beacon with this id is of; also one that has not come, of a view that has. */
export function find(id: string): ViewSummary | undefined {
  const [stored] = rows<[number]>('SELECT view FROM beacons WHERE id = ?', id)
  if (stored) return view(stored[0])?.view
  return rows(`${columns.views} WHERE key = ?`, idParts(id).key).map(viewOf)[0]
}

/** Part of a view's beacons, as JSON. */
export interface Beacons {
  total: number
  /** After which number to ask for more. */
  last: number
  /** Characters of these. */
  size: number
  isAll: boolean
  /** Beacons that are none: the file was written by something else. */
  unreadable: number
  /** The others, as a list in JSON. */
  beacons: string
}

/** A part has so many characters, and one beacon at least. */
const part = 1_000_000

/** The beacons of a view that came after the beacon with the number `after`, as they came. Each is checked again. */
export function beacons({ view: n, after }: { view: number; after: number }): Beacons | undefined {
  const [total] = rows<[number]>('SELECT beacons FROM views WHERE n = ?', n)
  if (!total) return undefined
  const found: Beacons = { total: total[0], last: after, size: 0, isAll: false, unreadable: 0, beacons: '' }
  const texts: string[] = []
  const answer = () => ({ ...found, beacons: `[${texts.join(',')}]` })
  while (found.size < part) {
    const some = rows<[number, number, number, string, string]>(
      'SELECT n, received_at, bytes, encoding, payload FROM beacons WHERE view = ? AND n > ? ORDER BY n LIMIT 20',
      ...[n, found.last],
    )
    for (const [number, receivedAt, bytes, encoding, payload] of some) {
      if (found.size > 0 && found.size + payload.length > part) return answer()
      found.size += payload.length
      found.last = number
      if (isBeacon(payload)) {
        const head = JSON.stringify({ receivedAt, bytes, encoding })
        texts.push(`${head.slice(0, -1)},"payload":${payload}}`)
      } else found.unreadable++
    }
    found.isAll = some.length < 20
    if (found.isAll) return answer()
  }
  return answer()
}

function isBeacon(payload: string): boolean {
  try {
    check(payload)
    return true
  } catch {
    return false
  }
}

/** The vitals of the pages from the `from`th to before the `to`th, those with the most views first. */
export function pages({ from, to }: Slice): { total: number; pages: PageSummary[] } {
  const [[total] = [0]] = rows<[number]>('SELECT count(DISTINCT page) FROM views')
  const listed = rows<[string, number]>(
    'SELECT page, count(*) AS views FROM views GROUP BY page ORDER BY views DESC, page LIMIT ? OFFSET ?',
    ...[to - from, from],
  )
  const texts = new Map(
    rows<[string, ...string[]]>(measured, JSON.stringify(listed.map(([page]) => page))).map(([page, ...of]) => [
      page,
      of,
    ]),
  )
  // one page after the other: the values of all would be a lot of memory at once
  const spreads = (page: string) => spreadsOf((texts.get(page) ?? []).map((text) => JSON.parse(text)))
  return { total, pages: listed.map(([page, views]) => ({ page, views, measured: spreads(page) })) }
}

/** One text instead of a row for each view: rows cost more than what is in them. */
const measured = `
  SELECT page, ${measures.map((name) => `json_group_array(${name}) FILTER (WHERE ${name} IS NOT NULL)`)}
  FROM views WHERE page IN (SELECT value FROM json_each(?)) GROUP BY page`

/** Views that one message tells of. */
const most = 100

/** What has changed since the beacon with the number `since` was the next; nothing more than the totals is told of all. */
export function changes({ since }: { since: number }): Change & { next: number; run: string } {
  const [[next] = [0]] = rows<[number]>('SELECT next_beacon FROM totals')
  const changed = rows<[number]>(
    'SELECT view FROM beacons WHERE n >= ? GROUP BY view ORDER BY max(n) DESC LIMIT ?',
    ...[Math.max(since, next - 5000), most + 1],
  ).map(([n]) => n)
  const views = changed.slice(0, most).flatMap((n) => rows(`${columns.views} WHERE n = ?`, n).map(viewOf))
  const ofSessions = [...new Set(views.map(({ session }) => session))]
  const { run, ...all } = totals()
  return {
    run,
    next,
    totals: all,
    sessions: ofSessions.flatMap((n) => rows(`${columns.sessions} WHERE n = ?`, n).map(sessionOf)),
    views: views.reverse(),
    latest: changed[0] ?? -1,
    isPartial: changed.length > most || next - since > 5000,
  }
}

/** What waits for a collector, from the first on, as the body of one request. */
export interface Unsent {
  /** The store that it is from. */
  run: string
  /** The number after the last. */
  next: number
  beacons: number
  /** Beacons that are none, which the body leaves out: the file was written by something else. */
  unreadable: number
  /** Log records as OTLP's JSON, gzipped. */
  body: Uint8Array
}

/** At most so many beacons that wait, and one at least; `undefined` if none does. */
export function unsent({ most }: { most: number }): Unsent | undefined {
  const [queue] = rows<[number, string]>('SELECT next, run FROM forwarding, totals')
  if (!queue) return undefined
  const [from, run] = queue
  const found = rows<[number, string]>('SELECT n, payload FROM beacons WHERE n >= ? ORDER BY n LIMIT ?', from, most)
  let size = 0
  const some = found.filter(([, payload], at) => {
    size += payload.length
    return at === 0 || size <= part
  })
  const last = some.at(-1)
  if (!last) return undefined
  const logs = some.flatMap(([, payload]) => logsOf(payload))
  const body = gzipSync(JSON.stringify({ resourceLogs: logs }))
  return { run, next: last[0] + 1, beacons: some.length, unreadable: some.length - logs.length, body }
}

function logsOf(payload: string): ResourceLogs[] {
  try {
    return toLogs([check(payload)]).resourceLogs
  } catch {
    return []
  }
}

/** Writes what is committed into the file, which the writing thread then need not do. */
export function tidy(): void {
  rows('PRAGMA wal_checkpoint(PASSIVE)')
}
