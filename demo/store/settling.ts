import type Database from 'libsql'

/**
 * Numbers are given when a sample begins, and the two lanes overtake each other: what is missing for longer than this is
 * lost, until it comes after all, ms.
 */
export const grace = 20_000

/** Views that are settled in one transaction. */
const most = 500

/**
 * Gives up what is missing before beacons that came long before `now`, epoch ms; until then it may be on its way. Within a
 * transaction; says how many views it looked at.
 */
export function settling(db: Database.Database): (now: number) => number {
  const due = db.prepare('SELECT view FROM unsettled WHERE since <= ? LIMIT ?').raw()
  // the beacons of a view that came since it was settled last; of them, those that came long ago
  const old = db
    .prepare(`
    SELECT max(b.n), max(b.seq + 1, v.settled) AS upto FROM (
      SELECT max(n) AS n, max(seq) AS seq FROM beacons
      WHERE view = ?1 AND n > (SELECT settled_n FROM views WHERE n = ?1) AND received_at <= ?2
    ) b, views v WHERE v.n = ?1 AND b.n IS NOT NULL`)
    .raw()
  const settle = db.prepare(`
    UPDATE views SET settled = ?2, settled_n = ?3, came = came + (
      SELECT count(*) FROM beacons b WHERE b.view = ?1 AND b.n > views.settled_n AND b.half = 0
        AND b.seq >= views.settled AND b.seq < ?2
    ) WHERE n = ?1`)
  const lose = db.prepare('UPDATE views SET lost = max(0, settled - came) WHERE n = ? RETURNING lost, session').raw()
  const lostBefore = db.prepare('SELECT lost FROM views WHERE n = ?').raw()
  const session = db.prepare('UPDATE sessions SET lost = lost + ? WHERE n = ?')
  const totals = db.prepare('UPDATE totals SET lost = lost + ?')
  const later = db
    .prepare(`
    SELECT min(received_at) FROM beacons
    WHERE view = ?1 AND n > (SELECT settled_n FROM views WHERE n = ?1) AND received_at > ?2`)
    .raw()
  const wait = db.prepare('UPDATE unsettled SET since = ? WHERE view = ?')
  const done = db.prepare('DELETE FROM unsettled WHERE view = ?')

  return (now) => {
    const until = now - grace
    const views = due.all([until, most]) as unknown as [number][]
    for (const [view] of views) {
      const found = old.get([view, until]) as unknown as [number, number] | undefined
      const [before = 0] = (lostBefore.get([view]) as unknown as [number] | undefined) ?? []
      if (found) {
        const [n, upto] = found
        settle.run([view, upto, n])
        const [lost, of] = lose.all([view])[0] as [number, number]
        if (lost !== before) {
          session.run([lost - before, of])
          totals.run([lost - before])
        }
      }
      const [next] = (later.get([view, until]) as unknown as [number | null]) ?? [null]
      if (next === null) done.run([view])
      else wait.run([next, view])
    }
    return views.length
  }
}
