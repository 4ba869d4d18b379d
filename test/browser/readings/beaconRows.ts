import { expect } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import type { Collector } from '../../../src/index.ts'
import type { Reason } from '../../../src/payload/payload.ts'
import { hide } from '../harness/tabs.ts'
import type { Row } from './row.ts'

declare const CRUM: Collector

const reason = (reason: Reason, when: string, act: Row['act'], more: Partial<Row> = {}): Row => ({
  field: 'beacon.reason',
  when,
  act,
  check: ({ payloads }) => expect(payloads.map(({ beacon }) => beacon.reason)).toContain(reason),
  ...more,
})

const image = { body: '<img src="/image.png">', routes: { '/image.png': 'no image' } }

export const beaconRows: Row[] = [
  {
    field: 'beacon.id, .seq, .version',
    when: 'four samples have gone',
    settings: { savingMode: false },
    check: ({ payloads }) => {
      expect(payloads.length).toBeGreaterThan(3)
      expect(payloads.map(({ beacon }) => beacon.seq)).toEqual(payloads.map((_, index) => index))
      expect(new Set(payloads.map(({ beacon }) => beacon.id)).size).toBe(payloads.length)
      for (const { beacon } of payloads) expect(beacon.version).toBe(manifest.version)
    },
  },
  {
    field: 'session, view, attributes, beacon',
    when: 'there are many beacons: each has them all',
    ...image,
    settings: { savingMode: false },
    act: (visitor) => visitor.evaluate(() => CRUM.addEvent('one')),
    check: ({ payloads }) => {
      expect(payloads.length).toBeGreaterThan(4)
      const keys = payloads.map(({ session, view, attributes, beacon }) =>
        [session, view, attributes, beacon].map((section) =>
          Object.keys(section)
            .filter((key) => !news.has(key))
            .sort(),
        ),
      )
      for (const each of keys) expect(each).toEqual(identity)
    },
  },
  reason('sample', 'a sample ends', undefined),
  reason('entries', 'entries wait', undefined, image),
  reason('action', 'a click must not wait', (visitor) => visitor.click('button'), {
    body: '<button crum-action="order" crum-send>Order</button>',
  }),
  reason('route', 'the route changes', (visitor) => visitor.evaluate(() => history.pushState(0, '', '/route'))),
  reason('hidden', 'the page is hidden', async (visitor) => {
    await visitor.evaluate(() => CRUM.addEvent('last'))
    await hide(visitor)
  }),
  reason('stop', 'the page stops the client', (visitor) =>
    visitor.evaluate(() => {
      CRUM.addEvent('last')
      CRUM.stop()
    }),
  ),
]

/** The parts of a section that come only when there is something new. */
const news = new Set(
  'longTasks resourceTypes resources marks events fps longAnimationFrames console errors actions usedMemory'.split(' '),
)

const identity = [
  'id startTime lastLoop duration',
  'id startTime href protocol host hostname port pathname search hash origin referer visibility',
  'labels browser browserVersion uaParser ua connection device',
  'id seq reason version',
].map((keys) => keys.split(' ').sort())
