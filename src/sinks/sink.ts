import type { Observable } from 'rxjs'
import type { Sealed } from '../operators/seal.ts'
import type { Page } from '../page/page.ts'
import type { Payload } from '../payload/payload.ts'
import type { Settings } from '../settings.ts'

/** What became of a payload; shown on the debug stream. A failure is a delivery too, never an error. */
export interface Delivery {
  /** `unstored`: there is no storage, so it is kept in memory. `error`: the sink gives up; the console is told as well. */
  type: 'sent' | 'retry' | 'drop' | 'unstored' | 'error'
  /** The beacon's id. */
  id?: string
  [detail: string]: unknown
}

/** What a sink can ask of its collector. */
export interface Scope {
  page: Page
  settings: Settings
  /** What waits for its beacon, each time it has grown, under the `id` that the beacon will have. */
  pending$: Observable<Sealed>
  /** Emits once payloads may leave: the page has loaded, or is left before it has, and the visitor has agreed. */
  open$: Observable<unknown>
}

/** Where payloads leave: takes their stream, and tells what becomes of each. */
export type Sink = (payload$: Observable<Payload>, scope: Scope) => Observable<Delivery>
