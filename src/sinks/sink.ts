import type { Observable } from 'rxjs'
import type { Sealed } from '../operators/seal.ts'
import type { Page } from '../page/page.ts'
import type { Payload } from '../payload/payload.ts'
import type { Reading } from '../payload/reading.ts'
import type { Settings } from '../settings.ts'

/** The outcome for a payload, for the debug stream. A failure is a delivery too, never an error. */
export interface Delivery {
  /** `unstored`: there is no storage, so it is kept in memory. `error`: the sink gives up; the console says so as well. */
  type: 'sent' | 'retry' | 'drop' | 'unstored' | 'error'
  /** The beacon's id. */
  id?: string
  [detail: string]: unknown
}

/** What a sink can ask of its collector. */
export interface Scope {
  page: Page
  /** The page's `fetch` as it was when the collector started: what wraps it later neither sees nor changes a sink's requests. */
  fetch: Page['fetch']
  /** A URL as it was to be read when the collector started: later the page may have moved, or have another base. */
  absolute(url: string): string
  settings: Settings
  /** Emits once payloads may leave: the page has loaded, or is left before it has, and the visitor has agreed. */
  open$: Observable<unknown>
  /** Emits once something may be stored: the visitor has agreed, and the page is not (or no longer) prerendered. */
  mayStore$: Observable<unknown>
  /** Each reading that begins to wait for its sample to close. Resource entries are not among them. */
  reading$: Observable<Reading>
  /** Asks for what waits: `pending$` emits the samples that have grown since somebody asked last. */
  look(): void
  /** What would be sent if the page ended now, under the `id` that the beacon will have. */
  pending$: Observable<Sealed>
  /**
   * Runs what the page may have a hand in (a `fetch` that it has wrapped, a function of its owner's): what that causes while
   * it runs is not collected, so that no beacon causes another one.
   */
  quietly<T>(action: () => T): T
  /** Notes of a sink that are kept with the session, for the next pages of the visitor. */
  notes: Notes
}

export interface Notes {
  recall(name: string): string | null
  remember(name: string, value: string): void
}

/** Where payloads leave: takes their stream, and emits the outcome of each. */
export interface Sink {
  (payload$: Observable<Payload>, scope: Scope): Observable<Delivery>
  /** Deletes what it has stored on the device: the visitor has refused. */
  forget?: ((page: Page) => void) | undefined
  /** Where it sends to, other than the `endpoint` of the settings: requests to it are not observed. */
  url?: string | undefined
}
