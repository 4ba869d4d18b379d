import { map } from 'rxjs'
import type { Sink } from './sink.ts'

/** Sends nothing: every payload counts as delivered. */
export const dryRun = (): Sink => (payload$) =>
  payload$.pipe(map(({ beacon: { id, seq, reason } }) => ({ type: 'sent', way: 'dry', id, seq, reason })))
