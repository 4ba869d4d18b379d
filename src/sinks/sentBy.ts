import type { Payload } from '../payload/payload.ts'
import type { Delivery } from './sink.ts'

/** The outcome of a payload that has left, by this way. */
export const sentBy = (way: string, { beacon: { id, seq, reason } }: Payload): Delivery => ({
  type: 'sent',
  way,
  id,
  seq,
  reason,
})
