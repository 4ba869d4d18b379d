import type Database from 'libsql'

/** Where the queue of a store stands. */
export interface Queue {
  /** Beacons that no collector has acknowledged yet. */
  waiting: number
  /** Beacons that a collector has refused for good. */
  refused: number
  /** Beacons that were deleted before a collector had acknowledged them. */
  deleted: number
}

/** What became of the first that waited. */
export interface Acknowledgement {
  /** The store that they are from: another one may have taken its place. */
  run: string
  /** The first number that still waits. */
  next: number
  /** How many of them were refused for good. */
  refused: number
}

/** The beacons of a store that wait for a collector. They are sent in the order of their numbers, so one number is enough. */
export function queueing(db: Database.Database) {
  const begin = db.prepare(
    'INSERT INTO forwarding SELECT next_beacon, 0, 0 FROM totals WHERE NOT EXISTS (SELECT 1 FROM forwarding)',
  )
  const next = db.prepare('SELECT next FROM forwarding').raw()
  const state = db
    .prepare('SELECT min(t.beacons, next_beacon - next), refused, deleted FROM forwarding, totals t')
    .raw()
  const move = db.prepare(`
    UPDATE forwarding SET next = ?2, refused = refused + ?3
    WHERE next < ?2 AND (SELECT run FROM totals) = ?1`)
  const lose = db.prepare('UPDATE forwarding SET deleted = deleted + ?')

  return {
    /** What arrives from now on waits, if nothing has before. */
    begin: (): void => void begin.run([]),
    /** The number from which on beacons wait; `Infinity` where none does. */
    next: (): number => (next.get() as unknown as [number] | undefined)?.[0] ?? Number.POSITIVE_INFINITY,
    state: (): Queue | undefined => {
      const [waiting, refused, deleted] = (state.get() ?? []) as unknown as number[]
      return waiting === undefined ? undefined : ({ waiting, refused, deleted } as Queue)
    },
    acknowledge: ({ run, next, refused }: Acknowledgement): void => void move.run([run, next, refused]),
    /** Beacons that waited were deleted. */
    lose: (beacons: number): void => void (beacons && lose.run([beacons])),
  }
}
