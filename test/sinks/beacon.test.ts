import { of } from 'rxjs'
import { expect, test } from 'vitest'
import { beaconSink } from '../../src/sinks/beacon'
import { answer } from '../helpers/answer'
import { fakePage } from '../helpers/page'
import { payload } from '../helpers/readings'
import { scopeWith } from '../helpers/scope'
import { watch } from '../helpers/watch'

test('beaconSink posts each payload as JSON to the endpoint of the settings', () => {
  const posted: [url: string, init: RequestInit][] = []
  const fetch = (...request: [string, RequestInit]) => {
    posted.push(request)
    return of(answer())
  }
  const page = fakePage({ fetch })
  const scope = scopeWith({ page, settings: { endpoint: 'https://rum.test/rum' } })
  const { seen } = watch(beaconSink()(of(payload(0), payload(1)), scope))

  expect(posted.map(([url, { method, body }]) => [url, method, JSON.parse(`${body}`)])).toEqual([
    ['https://rum.test/rum', 'POST', payload(0)],
    ['https://rum.test/rum', 'POST', payload(1)],
  ])
  expect(seen).toContainEqual(expect.objectContaining({ type: 'sent', id: 'key-0', status: 204 }))
})
