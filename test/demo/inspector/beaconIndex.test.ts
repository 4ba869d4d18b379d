import { describe, expect, it } from 'vitest'
import { BeaconIndex } from '../../../demo/inspector/beaconIndex.ts'
import { generateBeacons } from '../generateBeacons.ts'
import { stored, type Told } from './stored.ts'

const indexOf = (...told: Told[]) => {
  const index = new BeaconIndex()
  for (const [n, each] of told.entries()) index.stored(stored(each), { offset: n * 10, length: 9 })
  return index
}
const error = { errors: [{ type: 'error' }] } as Told['view']

describe('the index', () => {
  it('files beacons under views, and views under sessions, in the order in which they came', () => {
    const index = indexOf(
      { session: 'a', key: 'x' },
      { session: 'b', key: 'y', page: '/basket' },
      { session: 'a', key: 'z', page: '/lab' },
      { session: 'a', key: 'x', seq: 1 },
    )
    expect(index.sessions(0, 9).map(({ n, id, views, beacons }) => [n, id, views, beacons])).toEqual([
      [0, 'a', 2, 3],
      [1, 'b', 1, 1],
    ])
    expect(index.viewsOf(0, 0, 9).map(({ n, page, position }) => [n, page, position])).toEqual([
      [0, '/', 0],
      [2, '/lab', 1],
    ])
    expect(index.places(0, 0).map(({ offset }) => offset)).toEqual([0, 30])
    expect(index.places(0, 1)).toEqual([{ offset: 30, length: 9 }])
  })

  it('says who a session is, when it was last heard of, and what went wrong in it', () => {
    const index = indexOf({ at: 1000, view: error }, { seq: 1, at: 5000, bytes: 50 })
    expect(index.session(0)).toEqual({
      ...{ n: 0, id: 's', startTime: 500, lastAt: 5000, views: 1, beacons: 2, bytes: 150, lost: 0, errors: 1 },
      ...{ browser: 'Chrome 156', device: 'Apple desktop' },
    })
  })

  const lostIn = (index: BeaconIndex) => [index.totals.lost, index.view(0)?.lost, index.session(0)?.lost]

  it('counts a gap in seq as a loss after a while, and takes it back when the missing one comes', () => {
    const index = indexOf({ seq: 0, at: 1000 }, { seq: 3, at: 2000 })
    expect(lostIn(index)).toEqual([0, 0, 0])
    index.settle(21_999)
    expect(lostIn(index)).toEqual([0, 0, 0])
    index.settle(22_000)
    expect(lostIn(index)).toEqual([2, 2, 2])
    index.stored(stored({ seq: 1, at: 30_000 }), { offset: 0, length: 1 })
    expect(lostIn(index)).toEqual([1, 1, 1])
  })

  it('gives up a gap when something else comes later, and tells of it', () => {
    const index = indexOf({ seq: 0, at: 1000 }, { seq: 2, at: 2000 })
    const told: (number | undefined)[] = []
    index.listen((view) => told.push(view?.n))
    index.stored(stored({ session: 'b', key: 'other', at: 40_000 }), { offset: 0, length: 1 })
    expect(lostIn(index)).toEqual([1, 1, 1])
    expect(told).toEqual([1, 0])
  })

  it('counts no loss where lanes overtake each other, nor twice what came in halves', () => {
    const index = indexOf(
      { seq: 1, at: 1000 },
      { seq: 0, at: 3000 },
      { seq: 2, at: 4000 },
      { seq: 2, at: 4000, beacon: { id: 'k-2.7' } },
    )
    index.settle(100_000)
    expect(lostIn(index)).toEqual([0, 0, 0])
    expect([index.totals.views, index.view(0)?.beacons]).toEqual([1, 4])
  })

  it('lets the measure with the higher seq stand, whichever came first', () => {
    const index = indexOf({ seq: 2, metrics: { cls: 0.3 } }, { seq: 1, metrics: { cls: 0.1, lcp: 900 } })
    expect(index.view(0)?.measured).toEqual({ cls: 0.3, lcp: 900 })
    expect(index.pages.summaries(0, 9)[0]?.measured.cls?.count).toBe(1)
  })

  it('leaves out measures that are none', () => {
    const index = indexOf({ metrics: { lcp: null, inp: '7', cls: -1 } as never })
    expect(index.view(0)?.measured).toEqual({})
  })

  it('files a view under the page that it landed on, also when its first beacon comes late', () => {
    const index = indexOf({ seq: 1, page: '/b', metrics: { cls: 0.1 } }, { seq: 0, page: '/a', metrics: { lcp: 9 } })
    expect(index.view(0)?.page).toBe('/a')
    expect(index.pages.summaries(0, 9).map(({ page, views }) => [page, views])).toEqual([['/a', 1]])
  })

  it('takes the name that came with the measures, not that of entries before them', () => {
    const index = indexOf({ seq: 0, page: '/p' }, { seq: 1, page: 'product', metrics: { lcp: 9 } })
    expect(index.view(0)?.page).toBe('product')
  })

  it('finds the view of a beacon by its id', () => {
    const index = indexOf({ key: 'x' }, { key: 'y' })
    expect(index.viewOfBeacon('y-7')?.n).toBe(1)
    expect(index.viewOfBeacon('z-0')).toBeUndefined()
  })

  it('takes beacons whose ids have no number, by session and start', () => {
    const index = indexOf(
      { beacon: { id: 'one' } },
      { beacon: { id: 'two' }, seq: 1 },
      { beacon: { id: 'x' }, session: 'b' },
    )
    expect(index.totals).toMatchObject({ views: 2, beacons: 3, lost: 0 })
  })

  it('tells who listens of each beacon and each duplicate, until they have enough', () => {
    const index = new BeaconIndex()
    const heard: (number | undefined)[] = []
    const quit = index.listen((view) => heard.push(view?.n))
    index.stored(stored(), { offset: 0, length: 1 })
    index.duplicate()
    quit()
    index.duplicate()
    expect([heard, index.totals.duplicates]).toEqual([[0, undefined], 2])
  })

  it('sums up a large store as it sums up each part', () => {
    const index = new BeaconIndex()
    const beacons = generateBeacons()
    let bytes = 0
    for (let n = 0; n < 3000; n++) {
      const { value } = beacons.next()
      bytes += value.bytes
      index.stored(value, { offset: n, length: 1 })
    }
    const { totals } = index
    const sessions = index.sessions(0, totals.sessions)
    const views = sessions.flatMap(({ n }) => index.viewsOf(n, 0, 1000))
    const sum = (items: { beacons: number; lost: number }[], field: 'beacons' | 'lost') =>
      items.reduce((total, item) => total + item[field], 0)
    expect([totals.beacons, totals.bytes]).toEqual([3000, bytes])
    expect([sum(sessions, 'beacons'), sum(views, 'beacons')]).toEqual([3000, 3000])
    expect([sum(sessions, 'lost'), sum(views, 'lost')]).toEqual([totals.lost, totals.lost])
    expect(index.pages.summaries(0, 100).reduce((total, page) => total + page.views, 0)).toBe(totals.views)
  })
})

describe('one more beacon', () => {
  it('costs about the same in a small store and in one of 100,000', () => {
    const index = new BeaconIndex()
    const beacons = generateBeacons()
    const add = (count: number) => {
      const batch = Array.from({ length: count }, () => beacons.next().value)
      const start = performance.now()
      for (const beacon of batch) index.stored(beacon, { offset: 0, length: 1 })
      return performance.now() - start
    }
    add(2000) // the engine warms up
    const small = Math.min(...Array.from({ length: 6 }, () => add(2000)))
    for (let n = 0; n < 45; n++) add(2000)
    const large = Math.min(...Array.from({ length: 6 }, () => add(2000)))
    expect(index.totals.beacons).toBeGreaterThan(100_000)
    expect(large / small).toBeLessThan(5)
  }, 60_000)
})
