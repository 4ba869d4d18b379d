import Database from 'libsql'
import type { StoredBeacon } from '../../demo/store/storedBeacon.ts'

/** What is in a store, read by a connection of its own. */
export function storedIn(file: string): StoredBeacon[] {
  const db = new Database(file)
  try {
    const rows = db.prepare('SELECT received_at, bytes, encoding, payload FROM beacons ORDER BY n').raw().all()
    return (rows as [number, number, string, string][]).map(([receivedAt, bytes, encoding, payload]) => ({
      ...{ receivedAt, bytes, encoding },
      payload: JSON.parse(payload),
    }))
  } finally {
    db.close()
  }
}
