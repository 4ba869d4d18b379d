import type Database from 'libsql'
import { measures } from '../inspector/summaries.ts'
import { idParts, viewKey } from '../inspector/viewKey.ts'
import { addToSession, addToView, newSession, newView, type SessionRow, type ViewRow } from './rows.ts'
import type { Arrival, Outcome } from './storedBeacon.ts'
import { table } from './table.ts'

export interface TotalsRow {
  run: string
  next_session: number
  next_view: number
  next_beacon: number
  sessions: number
  views: number
  beacons: number
  bytes: number
  lost: number
  duplicates: number
}

/** Rows that are in memory: at most so many, then all are forgotten and read again. */
const mostCached = 2000

/** What writes beacons within a transaction of one connection. Rows that were written last are kept in memory. */
export class Writing {
  readonly #sessions
  readonly #views
  readonly #totals
  readonly #beacon
  readonly #unsettled
  readonly #dataVersion
  readonly #sessionById = new Map<string, SessionRow>()
  readonly #viewByKey = new Map<string, ViewRow & { isUnsettled?: boolean }>()
  #seen = -1

  constructor(db: Database.Database) {
    this.#sessions = table<SessionRow>(db, 'sessions', 'id', {
      always: ['last_at', 'views', 'beacons', 'bytes', 'lost', 'errors', 'browser', 'device'],
    })
    this.#views = table<ViewRow>(db, 'views', 'key', {
      always: ['last_at', 'beacons', 'bytes', 'errors', 'lost', 'came'],
      sometimes: ['page', 'named_by', ...measures, ...measures.map((name) => `${name}_seq` as const)],
    })
    this.#totals = table<TotalsRow>(db, 'totals', 'run', {
      always: [
        'next_session',
        'next_view',
        'next_beacon',
        'sessions',
        'views',
        'beacons',
        'bytes',
        'lost',
        'duplicates',
      ],
    })
    this.#beacon = db.prepare('INSERT INTO beacons VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING')
    this.#unsettled = db.prepare('INSERT INTO unsettled VALUES (?, ?) ON CONFLICT DO NOTHING')
    this.#dataVersion = db.prepare('PRAGMA data_version').raw()
  }

  /** Within a transaction: writes what has arrived, and says of each beacon what became of it. */
  write(arrivals: Arrival[]): Outcome[] {
    this.#forgetOld()
    const totals = this.#totals.first()
    const sessions = new Set<SessionRow>()
    const views = new Map<ViewRow, boolean>()
    const outcomes = arrivals.map((arrival) => this.#add(arrival, totals, sessions, views))
    for (const session of sessions) this.#sessions.save(session)
    for (const [view, isMore] of views) isMore ? this.#views.saveAll(view) : this.#views.save(view)
    this.#totals.save(totals)
    return outcomes
  }

  /** After a rollback, and whenever rows were changed by something else. */
  forget(): void {
    this.#sessionById.clear()
    this.#viewByKey.clear()
  }

  /** `views` has those that are to be written, and whether more than their counts is. */
  #add(arrival: Arrival, totals: TotalsRow, sessions: Set<SessionRow>, views: Map<ViewRow, boolean>): Outcome {
    const { receivedAt, bytes, encoding, payload, text } = arrival
    const { id, seq } = payload.beacon
    const { session, view } = this.#rowsOf(arrival, totals)
    const isHalf = idParts(id).isHalf
    const row = [totals.next_beacon, id, view.n, seq, isHalf ? 1 : 0, receivedAt, bytes, encoding, text]
    if (this.#beacon.run(row).changes === 0) {
      totals.duplicates++
      return 'duplicate'
    }
    this.#count(view, session, totals)
    if (!view.isUnsettled) this.#unsettled.run([view.n, receivedAt])
    view.isUnsettled = true
    if (seq < view.settled && !isHalf) {
      // what was given up has come after all
      view.came++
      if (view.lost) {
        view.lost--
        session.lost--
        totals.lost--
      }
    }
    const isMore = addToView(view, arrival)
    addToSession(session, arrival)
    views.set(view, isMore || views.get(view) === true)
    sessions.add(session)
    totals.next_beacon++
    totals.beacons++
    totals.bytes += bytes
    return 'stored'
  }

  /** Rows that are new count from their first beacon on. */
  #count(view: ViewRow, session: SessionRow, totals: TotalsRow): void {
    if (session.n === totals.next_session) {
      totals.next_session++
      totals.sessions++
      this.#sessionById.set(session.id, session)
      this.#sessions.add(session)
    }
    if (view.n === totals.next_view) {
      totals.next_view++
      totals.views++
      session.views++
      this.#viewByKey.set(view.key, view)
      this.#views.add(view)
    }
  }

  #rowsOf({ payload, receivedAt }: Arrival, totals: TotalsRow) {
    const key = viewKey(payload)
    const view = this.#cached(this.#viewByKey, key, () => this.#views.find(key))
    const session =
      this.#cached(this.#sessionById, payload.session.id, () => this.#sessions.find(payload.session.id)) ??
      newSession(totals.next_session, payload.session, receivedAt)
    return {
      view: (view ?? newView(totals.next_view, key, session, payload, receivedAt)) as ViewRow & {
        isUnsettled?: boolean
      },
      session: view && view.session !== session.n ? (this.#sessionOf(view) ?? session) : session,
    }
  }

  /** A view stays in its session, whatever a later beacon of it says. */
  #sessionOf({ session: n }: ViewRow): SessionRow | undefined {
    for (const row of this.#sessionById.values()) if (row.n === n) return row
    const row = this.#sessions.at(n)
    if (row) this.#sessionById.set(row.id, row)
    return row
  }

  #cached<T>(rows: Map<string, T>, key: string, find: () => T | undefined): T | undefined {
    const row = rows.get(key) ?? find()
    if (row) rows.set(key, row)
    return row
  }

  #forgetOld(): void {
    const [version] = this.#dataVersion.get() as unknown as [number]
    if (version !== this.#seen || this.#viewByKey.size > mostCached || this.#sessionById.size > mostCached)
      this.forget()
    this.#seen = version
  }
}
