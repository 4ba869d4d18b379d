import { map } from 'rxjs'
import { sentBy } from './sentBy.ts'
import type { Sink } from './sink.ts'

/** Prints each payload in the console of the page, and sends nothing. */
export const consoleSink =
  (): Sink =>
  (payload$, { page: { console } }) =>
    payload$.pipe(
      map((payload) => {
        console.log(`crum ${payload.beacon.reason} ${payload.beacon.seq}`, payload)
        return sentBy('console', payload)
      }),
    )
