import { catchError, defer, finalize, map, mergeMap, type Observable, of } from 'rxjs'
import { attempt } from '../sources/attempt.ts'
import { json } from './json.ts'
import type { Payload } from './payload.ts'
import type { Delivery, Sink } from './sink.ts'

/** Browsers refuse what would bring the bodies of all keepalive requests in flight over 64 KiB. */
const keepaliveBudget = 64 * 1024

/** Posts each payload as JSON to the `endpoint` of the settings, and tells whether it was taken. */
export const beaconSink =
  (): Sink =>
  (payload$, { page, settings }) =>
    defer(() => {
      const { endpoint } = settings
      let inFlight = 0
      const post = (payload: Payload): Observable<Delivery> => {
        const { id, seq, reason } = payload.beacon
        const body = json(payload)
        const report = { id, seq, reason, bytes: new Blob([body]).size }
        const isLeaving = reason === 'hidden' || page.document.visibilityState === 'hidden'
        if (!endpoint) return of({ ...report, type: 'drop', cause: 'no endpoint' })
        // a leaving page gets no answer any more; the browser takes the beacon over, or refuses it at once
        if (isLeaving && attempt(() => page.navigator.sendBeacon(endpoint, body))) {
          return of({ ...report, type: 'sent', way: 'sendBeacon' })
        }
        inFlight += report.bytes
        // nor more than what `sendBeacon` has just refused for the same reason
        const keepalive = inFlight < keepaliveBudget && !(isLeaving && page.navigator.sendBeacon)
        return defer(() => page.fetch(endpoint, { method: 'POST', body, keepalive })).pipe(
          map(({ ok, status }): Delivery => ({ ...report, type: ok ? 'sent' : 'drop', way: 'fetch', status })),
          catchError((error) => of<Delivery>({ ...report, type: 'drop', way: 'fetch', cause: `${error}` })),
          finalize(() => {
            inFlight -= report.bytes
          }),
        )
      }
      return payload$.pipe(mergeMap(post))
    })
