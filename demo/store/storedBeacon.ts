import type { Payload } from '../../src/payload/payload.ts'

/** One beacon as it is stored, exported and shown. Who sent it is not in it: no address, no header. */
export interface StoredBeacon {
  /** When it was received, epoch ms. */
  receivedAt: number
  /** Bytes on the wire. */
  bytes: number
  /** The content coding on the wire: `identity`, `gzip` or `br`. */
  encoding: string
  payload: Payload
}

/** The same on its way into the store, with the JSON in which it came. */
export interface Arrival extends StoredBeacon {
  text: string
}

export type Outcome = 'stored' | 'duplicate'
