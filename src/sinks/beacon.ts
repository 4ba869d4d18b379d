import { catchError, defer, finalize, map, mergeMap, type Observable, of } from 'rxjs'
import { attempt } from '../sources/attempt'
import { json } from './json'
import type { Payload } from './payload'
import type { Delivery, Sink } from './sink'

/** Browsers refuse what would bring the bodies of all keepalive requests in flight over 64 KiB. */
const keepaliveBudget = 64 * 1024

/** Posts each payload as JSON to `endpoint` (by default the setting), and tells whether it was taken. */
export const beaconSink =
  (endpoint?: string): Sink =>
  (payload$, { page, settings }) =>
    defer(() => {
      const url = endpoint ?? settings.endpoint
      let inFlight = 0
      const post = (payload: Payload): Observable<Delivery> => {
        const { id, seq, reason } = payload.beacon
        const body = json(payload)
        const report = { id, seq, reason, bytes: new Blob([body]).size }
        const isLeaving = reason === 'hidden' || page.document.visibilityState === 'hidden'
        // a leaving page gets no answer any more; the browser takes the beacon over, or refuses it at once
        if (isLeaving && attempt(() => page.navigator.sendBeacon(url, body))) {
          return of({ ...report, type: 'sent', way: 'sendBeacon' })
        }
        inFlight += report.bytes
        return defer(() => page.fetch(url, { method: 'POST', body, keepalive: inFlight < keepaliveBudget })).pipe(
          map(({ ok, status }): Delivery => ({ ...report, type: ok ? 'sent' : 'drop', way: 'fetch', status })),
          catchError((error) => of<Delivery>({ ...report, type: 'drop', way: 'fetch', cause: `${error}` })),
          finalize(() => {
            inFlight -= report.bytes
          }),
        )
      }
      return payload$.pipe(mergeMap(post))
    })
