import type { Collector } from '../../../src/index.ts'
import { loader } from '../../browser/harness/snippet.ts'
import { expect, test } from '../engineTest.ts'
import { silence } from './silence.ts'
import { ticksIn } from './ticksIn.ts'

declare const CRUM: Collector

test('takes the answer by https where the page makes https of all that it asks for', async ({ site, tab }) => {
  const at = await site({}, { host: 'shop.test', secure: true })
  // the proxy takes the port from the name: https is upgraded to with the usual one
  const shop = `p${at.port}.test`
  at.routes['/'] = {
    body: `<!doctype html><title>page</title>${loader('/rum', { samplingRate: 100, endpoint: `http://${shop}/in` })}<p>hello`,
    headers: { 'content-security-policy': 'upgrade-insecure-requests' },
  }
  const visitor = await tab(`https://${shop}/`)
  await at.until((beacons) => beacons.length > 0)
  await visitor.run(() => CRUM.addEvent('tick', 1))
  await expect.poll(() => ticksIn(at.beacons)).toEqual([1])
  await silence(at)
})
