import type { Collector } from '../../../src/index.ts'
import { expect, test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { fieldPage } from './fieldPage.ts'

declare const CRUM: Collector

test('counts each beacon that the receiver has refused, however many it refuses in a row', async ({ site, tab }) => {
  const at = await site({ '/': fieldPage('', { settings: { trackResources: false } }) })
  const visitor = await tab(at.url('/'))
  await at.until((beacons) => beacons.length > 0)
  at.answer = () => ({ status: 403 })
  const refused = () => at.beacons.filter(({ answer }) => typeof answer === 'object' && answer.status === 403).length
  for (let n = 1; n <= 3; n++) {
    await visitor.run((n) => CRUM.addEvent('tick', n), n)
    await expect.poll(refused).toBeGreaterThanOrEqual(n)
  }
  at.answer = () => ({})
  await visitor.run(() => CRUM.addEvent('tick', 4))
  const counts = () => unique(at.beacons).map(({ payload }) => payload.beacon.dropped?.[403] ?? 0)
  await expect.poll(() => counts().reduce((sum, count) => sum + count, 0)).toBe(refused())
})
