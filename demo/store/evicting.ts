import type Database from 'libsql'
import type { queueing } from './queueing.ts'

export interface Quota {
  /** Bytes that the file may use. */
  maxSize: number
  /** For how long a session is kept, ms from when its first beacon came. */
  maxAge: number
}

type Row = [n: number, view: number, bytes: number]

/** Beacons that are deleted in one go, about. */
const most = 200

/** What was deleted in one go: beacons, and those of them that still waited for a collector. */
export interface Evicted {
  deleted: number
  unsent: number
}

/**
 * Deletes the oldest sessions, whole but for those with very many beacons, and for beacons that wait for a collector: these
 * are the last to go. Each call is within a transaction.
 */
export function evicting(db: Database.Database, { maxSize, maxAge }: Quota, queue: ReturnType<typeof queueing>) {
  const one = (sql: string) => {
    const statement = db.prepare(sql).raw()
    return () => Number((statement.get() as unknown as [number])[0])
  }
  const [pages, free] = [one('PRAGMA page_count'), one('PRAGMA freelist_count')]
  const pageSize = one('PRAGMA page_size')()
  const oldest = db.prepare('SELECT n, first_at, beacons FROM sessions ORDER BY n LIMIT 1').raw()
  const some = db
    .prepare(`
    SELECT n, view, bytes FROM beacons
    WHERE view IN (SELECT n FROM views WHERE session = ?) AND n < ? ORDER BY n LIMIT ?`)
    .raw()
  const oldestSent = db
    .prepare('SELECT v.session FROM beacons b JOIN views v ON v.n = b.view WHERE b.n < ? ORDER BY b.n LIMIT 1')
    .raw()
  const any = db.prepare('SELECT 1 FROM beacons WHERE view IN (SELECT n FROM views WHERE session = ?) LIMIT 1').raw()
  const beacon = db.prepare('DELETE FROM beacons WHERE n = ?')
  const less = (table: string) => db.prepare(`UPDATE ${table} SET beacons = beacons - ?, bytes = bytes - ? WHERE n = ?`)
  const [ofView, ofSession] = [less('views'), less('sessions')]
  const ofAll = db.prepare('UPDATE totals SET beacons = beacons - ?, bytes = bytes - ?')
  const unsettled = db.prepare('DELETE FROM unsettled WHERE view IN (SELECT n FROM views WHERE session = ?)')
  const views = db.prepare('DELETE FROM views WHERE session = ?')
  const session = db.prepare('DELETE FROM sessions WHERE n = ?')
  const gone = db.prepare(`
    UPDATE totals SET sessions = sessions - 1, views = views - ?, lost = lost - ?`)
  const sums = db.prepare('SELECT views, lost FROM sessions WHERE n = ?').raw()

  /**
   * Deletes up to `most` beacons of a session, of the numbers below `end`, and the session with the last of them; says how
   * many, and which of them were among those that wait from the number `waiting` on.
   */
  const shrink = (n: number, waiting: number, end = Number.MAX_SAFE_INTEGER): Evicted => {
    const rows = some.all([n, Math.min(end, Number.MAX_SAFE_INTEGER), most]) as unknown as Row[]
    const evicted = { deleted: rows.length, unsent: rows.filter(([id]) => id >= waiting).length }
    let size = 0
    for (const [id, view, bytes] of rows) {
      beacon.run([id])
      ofView.run([1, bytes, view])
      size += bytes
    }
    ofSession.run([rows.length, size, n])
    ofAll.run([rows.length, size])
    if (rows.length === most || any.get([n])) return evicted
    const [count, lost] = sums.get([n]) as unknown as [number, number]
    unsettled.run([n])
    views.run([n])
    session.run([n])
    gone.run([count, lost])
    return evicted
  }

  const used = () => (pages() - free()) * pageSize

  /** Deletes one after the other, about so many beacons, until there is nothing to be deleted. */
  const together = (enough: number, one: (waiting: number) => Evicted | undefined): Evicted => {
    const waiting = queue.next()
    const all = { deleted: 0, unsent: 0 }
    while (all.deleted < enough) {
      const evicted = one(waiting)
      if (!evicted) break
      // a session without beacons is one step as well
      all.deleted += Math.max(1, evicted.deleted)
      all.unsent += evicted.unsent
    }
    queue.lose(all.unsent)
    return all
  }

  return {
    /** Bytes of the file that are in use. */
    used,
    /** Deletes what there is too much of, about twice as many beacons as came. */
    overSize: (came: number): Evicted =>
      together(came * 2 + 1, (waiting) => {
        if (used() <= maxSize) return undefined
        const sent = waiting < Infinity ? (oldestSent.get([waiting]) as unknown as [n: number] | undefined) : undefined
        if (sent) return shrink(sent[0], waiting, waiting)
        const found = oldest.get() as unknown as [n: number] | undefined
        return found && shrink(found[0], waiting)
      }),
    /** Deletes some of what is too old at `now`, epoch ms, whether it waits or not. */
    overAge: (now: number): Evicted =>
      together(most, (waiting) => {
        const found = oldest.get() as unknown as [n: number, firstAt: number] | undefined
        return found && found[1] < now - maxAge ? shrink(found[0], waiting) : undefined
      }),
  }
}
