import type { Page } from 'playwright'
import type { Collector } from '../../../src/index.ts'
import { outboxEvents } from '../../engines/field/outboxEvents.ts'
import { expect, test } from '../harness/browserTest.ts'
import { loader } from '../harness/snippet.ts'

declare const CRUM: Collector

const html = `<!doctype html><title>page</title>${loader('/rum', { samplingRate: 100 })}<p>hello`

test('stores again what waits when the data of its site were cleared, and is stored again after that', async ({
  site,
  tab,
}) => {
  const at = await site({ '/': html })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  at.answer = () => 'hang'
  const cdp = await visitor.context().newCDPSession(visitor)
  for (let n = 0; n < 3; n++) {
    await visitor.evaluate((n) => CRUM.addEvent('tick', n), n)
    const expected = Array.from({ length: n + 1 }, (_, n) => n)
    await expect.poll(() => stored(visitor)).toEqual(expected)
    await cdp.send('Storage.clearDataForOrigin', { origin: at.origin, storageTypes: 'all' })
    await expect.poll(() => stored(visitor)).toEqual(expected)
  }
})

const stored = (visitor: Page) => visitor.evaluate(outboxEvents)
