import type { Collector } from '../../../src/index.ts'
import { silence } from '../../engines/field/silence.ts'
import { ticksIn } from '../../engines/field/ticksIn.ts'
import { expect, test } from '../harness/browserTest.ts'
import { loader } from '../harness/snippet.ts'

declare const CRUM: Collector

test('takes the answer by https where the page makes https of all that it asks for', async ({ site, ownBrowser }) => {
  const settings = { samplingRate: 100, endpoint: 'http://shop.test/in' }
  const policy = { 'content-security-policy': 'upgrade-insecure-requests' }
  const at = await site(
    { '/': { body: `<!doctype html><title>page</title>${loader('/rum', settings)}<p>hello`, headers: policy } },
    { host: 'shop.test', secure: true },
  )
  const { context } = await ownBrowser({ hosts: { 'shop.test': at.port } })
  const visitor = await context.newPage()
  await visitor.goto(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  await visitor.evaluate(() => CRUM.addEvent('tick', 1))
  await expect.poll(() => ticksIn(at.beacons)).toEqual([1])
  await silence(at)
})
