import { Observable } from 'rxjs'
import type { Page } from '../../page/page.ts'

const name = 'CRUM'

/** The store of the outbox in its database. */
export const store = 'beacons'

/**
 * The open database, and `null` when it is deleted, or somebody wants to; closed when unsubscribed. `taken` is called then, and
 * before a new one opens: it may have been deleted while it was closed.
 */
export const database = ({ indexedDB }: Page, taken?: () => void): Observable<IDBDatabase | null> =>
  new Observable((db$) => {
    // without a version, so that one of a later client opens too
    const opening = indexedDB.open(name)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(store, { keyPath: 'id' })
      taken?.()
    }
    opening.onerror = () => db$.error(opening.error)
    opening.onsuccess = () => {
      const db = opening.result
      const shut = () => {
        db$.next(null)
        db$.complete()
        taken?.()
      }
      db.onversionchange = db.onclose = shut
      db.onabort = ({ target }) => {
        const { error } = target as IDBTransaction
        // what a database that is taken away breaks off is no failure
        error?.name === 'AbortError' ? shut() : db$.error(error)
      }
      db$.add(() => db.close())
      db$.next(db)
    }
  })

/** Removes all that is stored, whoever stored it. */
export const forget = ({ indexedDB }: Page): void => {
  indexedDB?.deleteDatabase(name)
}
