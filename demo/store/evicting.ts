import type Database from 'libsql'

export interface Quota {
  /** Bytes that the file may use. */
  maxSize: number
  /** For how long a session is kept, ms from when its first beacon came. */
  maxAge: number
}

/** Beacons that are deleted in one go, about. */
const most = 200

/** Deletes the oldest sessions, whole but for those with very many beacons. Each call is within a transaction. */
export function evicting(db: Database.Database, { maxSize, maxAge }: Quota) {
  const one = (sql: string) => {
    const statement = db.prepare(sql).raw()
    return () => Number((statement.get() as unknown as [number])[0])
  }
  const [pages, free] = [one('PRAGMA page_count'), one('PRAGMA freelist_count')]
  const pageSize = one('PRAGMA page_size')()
  const oldest = db.prepare('SELECT n, first_at, beacons FROM sessions ORDER BY n LIMIT 1').raw()
  const some = db
    .prepare(`
    SELECT n, view, bytes FROM beacons WHERE view IN (SELECT n FROM views WHERE session = ?) ORDER BY n LIMIT ?`)
    .raw()
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

  /** Deletes up to `most` beacons of a session, and the session with the last of them; says how many. */
  const shrink = (n: number): number => {
    const rows = some.all([n, most]) as unknown as [n: number, view: number, bytes: number][]
    let size = 0
    for (const [id, view, bytes] of rows) {
      beacon.run([id])
      ofView.run([1, bytes, view])
      size += bytes
    }
    ofSession.run([rows.length, size, n])
    ofAll.run([rows.length, size])
    if (rows.length === most) return rows.length
    const [count, lost] = sums.get([n]) as unknown as [number, number]
    unsettled.run([n])
    views.run([n])
    session.run([n])
    gone.run([count, lost])
    return rows.length
  }

  const used = () => (pages() - free()) * pageSize

  return {
    /** Bytes of the file that are in use. */
    used,
    /** Deletes what there is too much of, about twice as many beacons as came; says how many. */
    overSize: (came: number): number => {
      let deleted = 0
      while (deleted < came * 2 + 1 && used() > maxSize) {
        const found = oldest.get() as unknown as [n: number] | undefined
        if (!found) break
        deleted += Math.max(1, shrink(found[0]))
      }
      return deleted
    },
    /** Deletes some of what is too old at `now`, epoch ms; says how many. */
    overAge: (now: number): number => {
      let deleted = 0
      while (deleted < most) {
        const found = oldest.get() as unknown as [n: number, firstAt: number] | undefined
        if (!found || found[1] >= now - maxAge) break
        deleted += Math.max(1, shrink(found[0]))
      }
      return deleted
    },
  }
}
