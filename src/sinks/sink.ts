import type { Observable } from 'rxjs'
import type { Page } from '../sources/page.ts'
import type { Settings } from '../sources/settings.ts'
import type { Payload } from './payload.ts'

/** What became of a payload; shown on the debug stream. A failure is a delivery too, never an error. */
export interface Delivery {
  type: 'sent' | 'retry' | 'drop'
  /** The beacon's id. */
  id: string
  [detail: string]: unknown
}

/** Where payloads leave: takes their stream, and tells what becomes of each. */
export type Sink = (payload$: Observable<Payload>, scope: { page: Page; settings: Settings }) => Observable<Delivery>
