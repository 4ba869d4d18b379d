import { catchError, defer, map, mergeMap, type Observable, of } from 'rxjs'
import type { Page } from '../sources/page'
import { json } from './json'
import type { Payload } from './payload'
import type { Delivery, Sink } from './sink'

/** Posts each payload as JSON to `endpoint` (by default the setting), and tells whether it was taken. */
export const beaconSink =
  (endpoint?: string): Sink =>
  (payload$, { page, settings }) =>
    payload$.pipe(mergeMap((payload) => post(page, endpoint ?? settings.endpoint, payload)))

const post = (page: Page, url: string, payload: Payload): Observable<Delivery> => {
  const { id, seq, reason } = payload.beacon
  const body = json(payload)
  const report = { id, seq, reason, bytes: new Blob([body]).size }
  const isLeaving = reason === 'hidden' || page.document.visibilityState === 'hidden'
  // a leaving page gets no answer any more; the browser takes the beacon over, or refuses it at once
  if (isLeaving && page.navigator.sendBeacon?.(url, body)) return of({ ...report, type: 'sent', way: 'sendBeacon' })
  const send = (keepalive: boolean) => defer(() => page.fetch(url, { method: 'POST', body, keepalive }))
  return send(true).pipe(
    // refused where all that is in flight would be more than 64 KiB
    catchError(() => send(false)),
    map(({ ok, status }): Delivery => ({ ...report, type: ok ? 'sent' : 'drop', way: 'fetch', status })),
    catchError((error) => of<Delivery>({ ...report, type: 'drop', way: 'fetch', cause: `${error}` })),
  )
}
