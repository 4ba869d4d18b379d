import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { Envelope } from '../../src/sinks/delivery/envelope'

/** The IndexedDB of an origin, over any number of pages if handed to each, and the outbox in it as others see it. */
export const fakeDatabase = () => {
  const indexedDB = new IDBFactory()

  const open = (version?: number, upgrade = addStore) =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('CRUM', version)
      opening.onupgradeneeded = () => upgrade(opening.result)
      opening.onerror = () => reject(opening.error)
      opening.onsuccess = () => resolve(opening.result)
    })

  const within = async (act: (records: IDBObjectStore) => IDBRequest | undefined) => {
    const db = await open()
    const transaction = db.transaction('beacons', 'readwrite')
    const request = act(transaction.objectStore('beacons'))
    await new Promise((resolve) => {
      transaction.oncomplete = resolve
    })
    db.close()
    return request?.result
  }

  return {
    /** What a page has of it. */
    fields: { indexedDB, IDBKeyRange },
    open,
    stored: (): Promise<Envelope[]> => within((records) => records.getAll()),
    put: (...envelopes: Envelope[]) => within((records) => envelopes.map((envelope) => records.put(envelope)).at(-1)),
    exists: async () => (await indexedDB.databases()).length > 0,
  }
}

const addStore = (db: IDBDatabase) => void db.createObjectStore('beacons', { keyPath: 'id' })
