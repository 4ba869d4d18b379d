import type { Collector } from '../../src/index.ts'
import { told, untilTold } from '../browser/readings/told.ts'
import { expect, test } from './engineTest.ts'
import { page } from './shop.ts'

declare const CRUM: Collector
declare const uncaught: string[]

test('tells all but what secure contexts have, on a page that is none', async ({ site, tab }) => {
  const shop = await site({
    '/': page({ body: '<button crum-action="order">Order</button>' }),
    '/next': '<title>next</title>next',
  })
  // the proxy answers for every host
  const insecure = (path: string) => `http://shop.test:${shop.port}${path}`
  const visitor = await tab(insecure('/'))
  expect(await visitor.run(() => isSecureContext)).toBe(false)
  await visitor.click('button')
  await untilTold(shop, ({ view, session, attributes, metrics }) => {
    expect(session.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
    expect(view.actions).toMatchObject([{ name: 'order' }])
    expect(attributes).toMatchObject({ uaParser: 'userAgent', device: { memory: null } })
    expect(attributes.browser).not.toBe('')
    expect(metrics.domComplete).toBeGreaterThan(0)
  })
  await visitor.run(() => CRUM.addEvent('last'))
  expect(await visitor.run(() => uncaught)).toEqual([])
  await visitor.go(insecure('/next'))
  await shop.until((beacons) => told(beacons).view.events.length > 0)
})
