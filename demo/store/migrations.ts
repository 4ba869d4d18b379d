import type Database from 'libsql'

/**
 * What turns a store of one version into one of the next. `totals` is one row. Numbers (`n`) count from 0 in the order of
 * arrival and are never given twice; `bytes` are those on the wire.
 */
const steps = [
  `
  CREATE TABLE totals (
    run TEXT NOT NULL, next_session INTEGER NOT NULL, next_view INTEGER NOT NULL, next_beacon INTEGER NOT NULL,
    sessions INTEGER NOT NULL, views INTEGER NOT NULL, beacons INTEGER NOT NULL, bytes INTEGER NOT NULL,
    lost INTEGER NOT NULL, duplicates INTEGER NOT NULL
  ) STRICT;
  INSERT INTO totals VALUES (lower(hex(randomblob(16))), 0, 0, 0, 0, 0, 0, 0, 0, 0);

  CREATE TABLE sessions (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, first_at INTEGER NOT NULL,
    start_time INTEGER NOT NULL, last_at INTEGER NOT NULL, views INTEGER NOT NULL, beacons INTEGER NOT NULL,
    bytes INTEGER NOT NULL, lost INTEGER NOT NULL, errors INTEGER NOT NULL, browser TEXT NOT NULL, device TEXT NOT NULL
  ) STRICT;

  CREATE TABLE views (
    n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, session INTEGER NOT NULL, position INTEGER NOT NULL,
    page TEXT NOT NULL, named_by INTEGER NOT NULL, start_time INTEGER NOT NULL, last_at INTEGER NOT NULL,
    beacons INTEGER NOT NULL, bytes INTEGER NOT NULL, errors INTEGER NOT NULL, lost INTEGER NOT NULL,
    came INTEGER NOT NULL, settled INTEGER NOT NULL, settled_n INTEGER NOT NULL,
    lcp REAL, inp REAL, cls REAL, fcp REAL, ttfb REAL, fid REAL,
    lcp_seq INTEGER, inp_seq INTEGER, cls_seq INTEGER, fcp_seq INTEGER, ttfb_seq INTEGER, fid_seq INTEGER
  ) STRICT;
  CREATE INDEX views_of_session ON views (session, position);

  CREATE TABLE beacons (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, view INTEGER NOT NULL, seq INTEGER NOT NULL,
    half INTEGER NOT NULL, received_at INTEGER NOT NULL, bytes INTEGER NOT NULL, encoding TEXT NOT NULL,
    payload TEXT NOT NULL
  ) STRICT;
  CREATE INDEX beacons_of_view ON beacons (view, n, seq, half, received_at);

  -- views of which something came so recently that what is missing may be on its way, and since when
  CREATE TABLE unsettled (view INTEGER PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  `,
  `
  -- one row, once a collector is to get what arrives: the beacons from this number on wait for it; what it refused for
  -- good, and what was deleted before it had it
  CREATE TABLE forwarding (next INTEGER NOT NULL, refused INTEGER NOT NULL, deleted INTEGER NOT NULL) STRICT;
  `,
]

/** What SQLite's `application_id` says of a store: 'crum'. */
const application = 0x6372_756d

/** Brings a store to this version; refuses a file that is something else, or of a later version. */
export function migrate(db: Database.Database, file: string): void {
  const pragma = (name: string) => Number((db.prepare(`PRAGMA ${name}`).raw().get() as unknown as [number])[0])
  db.exec('BEGIN IMMEDIATE')
  try {
    const version = pragma('user_version')
    const isNew = version === 0 && pragma('schema_version') === 0
    if (!isNew && pragma('application_id') !== application) throw new Error(`${file} is a database of another program`)
    if (version > steps.length) {
      throw new Error(
        `${file} was written by a later version: its schema is ${version}, this one knows ${steps.length}`,
      )
    }
    for (const step of steps.slice(version)) db.exec(step)
    if (version < steps.length) {
      db.exec(`PRAGMA application_id = ${application}`)
      db.exec(`PRAGMA user_version = ${steps.length}`)
    }
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
