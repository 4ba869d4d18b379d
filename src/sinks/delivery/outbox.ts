import {
  catchError,
  connect,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  map,
  Observable,
  Subject,
  switchMap,
  take,
  takeWhile,
  tap,
  timer,
} from 'rxjs'
import type { Page } from '../../page/page.ts'
import { pageLeave } from '../../page/pageLeave.ts'
import { completionOf } from '../../rx/completionOf.ts'
import { merge } from '../../rx/merge.ts'
import { database, store } from './database.ts'
import type { Envelope } from './envelope.ts'

/** What the outbox is to hold under some ids; `null`: nothing any more, which can wait a little unless it `isPressing`. */
export type Change = [id: string, envelope: Envelope | null, isPressing?: boolean][]

/** A delivered envelope is deleted with the next write, or after this, ms: a page that dies before sends it once more. */
const deletePause = 1000

/**
 * Where the site's data are being cleared, what opens is broken off with an `AbortError`, what is written in WebKit with an
 * `UnknownError`, and a connection takes no transaction any more before it is said to be closed: once more after this, ms.
 */
const clearingPause = 1000

/** Transactions that are not complete yet, beyond which changes wait: a database may open, and then commit nothing. */
const mostOpen = 10

/**
 * Keeps envelopes in IndexedDB: each is written in a transaction of its own, committed at once, so that it outlives the page,
 * the renderer and the browser (not a power cut). The database is opened by the first change and closed whenever the page
 * may end; `taken` is called if somebody deletes it, with all that was in it, and if it is found to be new. Emits nothing; fails
 * if there is no storage, or none left.
 */
export const keepIn =
  (page: Page, taken?: () => void, isGone?: () => boolean) =>
  (change$: Observable<Change>): Observable<never> =>
    defer(() => {
      const changes = new Map<string, Envelope | null>()
      const completed$ = new Subject<void>()
      let open = 0
      let isBroken = false
      const opened = () => (isGone?.() ? EMPTY : database(page, taken))
      const write = (db: IDBDatabase) => {
        if (!changes.size) return
        open++
        const transaction = db.transaction(store, 'readwrite', { durability: 'relaxed' })
        const records = transaction.objectStore(store)
        for (const [id, envelope] of changes) envelope ? records.put(envelope) : records.delete(id)
        changes.clear()
        transaction.oncomplete = () => {
          open--
          completed$.next()
        }
        transaction.commit?.()
      }
      return change$.pipe(
        tap((change) => {
          for (const [id, envelope] of change) changes.set(id, envelope)
        }),
        connect((change$) => {
          const due$ = merge(
            [0],
            change$.pipe(filter(isPressing)),
            change$.pipe(exhaustMap(() => timer(deletePause))),
            completed$.pipe(filter(() => open === mostOpen - 1)),
          ).pipe(filter(() => open < mostOpen))
          // what comes last is written before the database is closed
          const last$ = merge(pageLeave(page), completionOf(change$))
          return change$.pipe(
            exhaustMap(() =>
              defer(opened).pipe(
                tap(() => {
                  open = 0
                  isBroken = false
                }),
                switchMap((db) => (db ? merge(due$, last$.pipe(map(() => null))).pipe(tap(() => write(db))) : EMPTY)),
                catchError((error, again) => {
                  if (isBroken || !/Abort|Unknown|InvalidState/.test(error?.name)) throw error
                  isBroken = true
                  return timer(clearingPause).pipe(switchMap(() => again))
                }),
                takeWhile((value) => value !== null),
              ),
            ),
          )
        }),
        ignoreElements(),
      )
    })

const isPressing = (change: Change) => change.some(([, envelope, isPressing]) => envelope || isPressing)

/** The ids of all that is stored, by any page of the origin, in the order of their views. */
export const storedIds = (page: Page): Observable<string[]> =>
  request(page, (records) => records.getAllKeys() as IDBRequest<string[]>)

/** What is stored of one view, in its own order. */
export const storedOf = (page: Page, view: string): Observable<Envelope[]> =>
  request<Envelope[]>(page, (records) => records.getAll(page.IDBKeyRange.bound(`${view}-`, `${view}-~`))).pipe(
    map((envelopes) => envelopes.sort((a, b) => a.seq - b.seq)),
  )

const request = <T>(page: Page, ask: (records: IDBObjectStore) => IDBRequest<T>): Observable<T> =>
  database(page).pipe(
    switchMap((db) => (db ? answer(ask(db.transaction(store).objectStore(store))) : EMPTY)),
    take(1),
  )

const answer = <T>(request: IDBRequest<T>) =>
  new Observable<T>((answer$) => {
    request.onsuccess = () => answer$.next(request.result)
    request.onerror = () => answer$.error(request.error)
  })
