import { catchError, defer, from, map, mergeMap, type Observable, of } from 'rxjs'
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
  const report = { id, seq, reason, bytes: new page.Blob([body]).size }
  // a leaving page gets no answer any more; the browser takes the beacon over, or refuses it at once
  if (reason === 'hidden' && page.navigator.sendBeacon?.(url, body)) {
    return of({ ...report, type: 'sent', way: 'sendBeacon' })
  }
  const keepalive = report.bytes < keepaliveLimit
  return defer(() => from(page.fetch(url, { method: 'POST', body, keepalive }))).pipe(
    map(
      (response): Delivery => ({
        ...report,
        type: response.ok ? 'sent' : 'drop',
        way: 'fetch',
        status: response.status,
      }),
    ),
    catchError((error) => of<Delivery>({ ...report, type: 'drop', way: 'fetch', cause: String(error) })),
  )
}

/** Browsers refuse a keepalive request with a body over 64 KiB. */
const keepaliveLimit = 60 * 1024
