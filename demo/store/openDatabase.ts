import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import { migrate } from './migrations.ts'

/** Opens a store, makes it if there is none, and brings it to this version. Several processes may have one open. */
export function openDatabase(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true })
  if (existsSync(file)) refuseOther(file)
  const db = new Database(file)
  try {
    // another process writes for as long as its commit takes
    db.exec('PRAGMA busy_timeout = 5000')
    db.exec('PRAGMA page_size = 8192')
    db.exec('PRAGMA journal_mode = WAL')
    // a crash of this process loses nothing then, and a commit waits for no disk
    db.exec('PRAGMA synchronous = NORMAL')
    db.exec('PRAGMA cache_size = -16000')
    // the reading thread does it, and better: a checkpoint waits for the disk
    db.exec('PRAGMA wal_autocheckpoint = 8000')
    migrate(db, file)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A file of another kind is left alone: SQLite would say no more than that it is none of its own. */
function refuseOther(file: string): void {
  const handle = openSync(file, 'r')
  const head = Buffer.alloc(16)
  const read = readSync(handle, head, 0, head.length, 0)
  closeSync(handle)
  if (read === 0 || head.toString('latin1') === 'SQLite format 3\0') return
  throw new Error(`${file} is no store. A file of beacons, one a line, is taken with: npm start -- --import ${file}`)
}
