import type { Collector } from '../../../src/index.ts'
import { told } from '../../browser/readings/told.ts'
import { expect, test } from '../engineTest.ts'
import { unique } from '../receiver.ts'
import { fieldPage } from './fieldPage.ts'
import { ticksIn } from './ticksIn.ts'

declare const CRUM: Collector

test.for(['pagehide', 'pageshow', 'freeze', 'load', 'scroll'])(
  'takes no %s that the page itself dispatches for one of the browser',
  async (type, { site, tab }) => {
    const at = await site({ '/': fieldPage('') })
    const visitor = await tab(at.url('/'))
    await at.until((beacons) => beacons.length > 0)
    at.answer = () => ({ status: 503 })
    await visitor.run((type) => {
      for (const target of [window, document])
        target.dispatchEvent(new PageTransitionEvent(type, { persisted: true, bubbles: true }))
      CRUM.addEvent('tick', 1)
    }, type)
    // it waits for an answer, and is sent again
    await at.until((beacons) => beacons.some(({ answer }) => typeof answer === 'object' && answer.status === 503))
    at.answer = () => ({})
    await expect.poll(() => ticksIn(unique(at.beacons))).toContain(1)
    const { view } = told(at.beacons)
    expect(view.visibility).toBe('visible')
    expect(new Set(at.beacons.map(({ payload }) => payload.view.startTime)).size).toBe(1)
    expect(at.beacons.filter(({ way }) => way === 'sendBeacon')).toEqual([])
  },
)
