import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Reader } from '../../../demo/store/reader.ts'
import { Store, type StoreOptions } from '../../../demo/store/store.ts'
import { generateBeacons } from '../generateBeacons.ts'
import { stored, type Told } from '../inspector/stored.ts'
import { schema, temporaryFolder } from '../startReceiver.ts'
import { storedIn } from '../storedIn.ts'

async function open(told: Told[] = [], options: StoreOptions = {}) {
  const file = join(await temporaryFolder(), 'new', 'crum.db')
  const store = new Store(file, options)
  const reader = new Reader({ file, schema })
  onTestFinished(async () => {
    await reader.close()
    store.close()
  })
  await Promise.all(told.map((each) => store.append(stored(each))))
  const ask = reader.ask.bind(reader)
  return {
    ...{ file, store, ask },
    view: async (n: number) => (await ask('view', n))?.view,
    lost: async () => {
      const found = await ask('view', 0)
      return [(await ask('totals', undefined)).lost, found?.view.lost, found?.session.lost]
    },
  }
}
const error = { errors: [{ type: 'error', message: '', stack: '', source: '', line: 0, column: 0, timeStamp: 1 }] }
const failing = { view: error } as Told

describe('the store', { timeout: 60_000 }, () => {
  it('stores an id once, whatever else comes with it, now and after a restart', async () => {
    const { file, store } = await open()
    const outcomes = ['a', 'a', 'b', 'a'].map((key) => store.append(stored({ key })))
    expect(await Promise.all(outcomes)).toEqual(['stored', 'duplicate', 'stored', 'duplicate'])
    store.close()
    const again = new Store(file)
    expect(await again.append(stored({ key: 'b' }))).toBe('duplicate')
    again.close()
    expect(storedIn(file).map(({ payload }) => payload.beacon.id)).toEqual(['a-0', 'b-0'])
  })

  it('keeps a payload as it came', async () => {
    const { file, store } = await open()
    const beacon = stored({ page: 'two\nlines\u2028, \u0000 and žluťoučký 🐎', view: { future: [1.5, null] } as never })
    await store.append(beacon)
    expect(storedIn(file)).toEqual([beacon])
  })

  it('resolves no beacon before it is committed, and those that come together together', async () => {
    const { file, store } = await open()
    const [one, two] = [store.append(stored({ key: 'a' })), store.append(stored({ key: 'b' }))]
    expect(storedIn(file)).toEqual([])
    await one
    expect(storedIn(file)).toHaveLength(2)
    await two
  })

  it('files beacons under views, and views under sessions, in the order in which they came', async () => {
    const { ask } = await open([
      { session: 'a', key: 'x' },
      { session: 'b', key: 'y', page: '/basket' },
      { session: 'a', key: 'z', page: '/lab' },
      { session: 'a', key: 'x', seq: 1 },
    ])
    const sessions = await ask('sessions', { from: 0, to: 9 })
    expect(sessions.map(({ n, id, views, beacons }) => [n, id, views, beacons])).toEqual([
      [0, 'a', 2, 3],
      [1, 'b', 1, 1],
    ])
    const views = await ask('viewsOf', { session: 0, from: 0, to: 9 })
    expect(views.map(({ n, page, position }) => [n, page, position])).toEqual([
      [0, '/', 0],
      [2, '/lab', 1],
    ])
  })

  it('says who a session is, when it was last heard of, and what went wrong in it', async () => {
    const { ask } = await open([
      { at: 1000, ...failing },
      { seq: 1, at: 5000, bytes: 50 },
    ])
    expect((await ask('view', 0))?.session).toEqual({
      ...{ n: 0, id: 's', startTime: 500, lastAt: 5000, views: 1, beacons: 2, bytes: 150, lost: 0, errors: 1 },
      ...{ browser: 'Chrome 156', device: 'Apple desktop' },
    })
  })

  it('counts a gap in seq as a loss after a while, and takes it back when the missing one comes', async () => {
    const { store, lost } = await open([
      { seq: 0, at: 1000 },
      { seq: 3, at: 2000 },
    ])
    store.settle(21_999)
    expect(await lost()).toEqual([0, 0, 0])
    store.settle(22_000)
    expect(await lost()).toEqual([2, 2, 2])
    await store.append(stored({ seq: 1, at: 30_000 }))
    expect(await lost()).toEqual([1, 1, 1])
    store.settle(90_000)
    expect(await lost()).toEqual([1, 1, 1])
  })

  it('counts no loss where lanes overtake each other, nor twice what came in halves', async () => {
    const { ask, store, lost } = await open([
      { seq: 1, at: 1000 },
      { seq: 0, at: 3000 },
      { seq: 2, at: 4000 },
      { seq: 2, at: 4000, beacon: { id: 'k-2.7' } },
    ])
    store.settle(100_000)
    expect(await lost()).toEqual([0, 0, 0])
    expect(await ask('totals', undefined)).toMatchObject({ views: 1, beacons: 4 })
  })

  it('lets the measure with the higher seq stand, whichever came first', async () => {
    const { view } = await open([
      { seq: 2, metrics: { cls: 0.3 } },
      { seq: 1, metrics: { cls: 0.1, lcp: 900 } },
    ])
    expect((await view(0))?.measured).toEqual({ cls: 0.3, lcp: 900 })
  })

  it('leaves out measures below zero, which are none', async () => {
    const { view } = await open([{ metrics: { lcp: 5, cls: -1 } }])
    expect((await view(0))?.measured).toEqual({ lcp: 5 })
  })

  it('files a view under the page that it landed on, also when its first beacon comes late', async () => {
    const { view } = await open([
      { seq: 1, page: '/b', metrics: { cls: 0.1 } },
      { seq: 0, page: '/a', metrics: { lcp: 9 } },
    ])
    expect((await view(0))?.page).toBe('/a')
  })

  it('takes the name that came with the measures, not that of entries before them', async () => {
    const { view } = await open([
      { seq: 0, page: '/p' },
      { seq: 1, page: 'product', metrics: { lcp: 9 } },
    ])
    expect((await view(0))?.page).toBe('product')
  })

  it('finds the view of a beacon by its id, also of one that has not come', async () => {
    const { ask } = await open([{ key: 'x' }, { key: 'y' }])
    expect((await ask('find', 'y-7'))?.n).toBe(1)
    expect(await ask('find', 'z-0')).toBeUndefined()
  })

  it('takes beacons whose ids have no number, by session and start', async () => {
    const { ask } = await open([
      { beacon: { id: 'one' } },
      { beacon: { id: 'two' }, seq: 1 },
      { beacon: { id: 'x' }, session: 'b' },
    ])
    expect(await ask('totals', undefined)).toMatchObject({ views: 2, beacons: 3, lost: 0 })
    const found = await Promise.all(['one', 'two', 'x'].map((id) => ask('find', id)))
    expect(found.map((view) => view?.n)).toEqual([0, 0, 1])
  })

  it('sums up a store as it sums up each part', async () => {
    const { ask, store } = await open()
    const all = generateBeacons()
    const beacons = Array.from({ length: 3000 }, () => all.next().value)
    await Promise.all(beacons.map((beacon) => store.append(beacon)))
    store.settle(Date.now() + 1e12)
    const totals = await ask('totals', undefined)
    const sessions = await ask('sessions', { from: 0, to: totals.sessions })
    const views = (await Promise.all(sessions.map(({ n }) => ask('viewsOf', { session: n, from: 0, to: 1000 })))).flat()
    const sum = (items: { beacons: number; lost: number }[], field: 'beacons' | 'lost') =>
      items.reduce((total, item) => total + item[field], 0)
    expect([totals.beacons, totals.bytes]).toEqual([3000, beacons.reduce((size, { bytes }) => size + bytes, 0)])
    expect([sum(sessions, 'beacons'), sum(views, 'beacons')]).toEqual([3000, 3000])
    expect([sum(sessions, 'lost'), sum(views, 'lost')]).toEqual([totals.lost, totals.lost])
    expect(totals.lost).toBeGreaterThan(0)
    const { pages } = await ask('pages', { from: 0, to: 100 })
    expect(pages.reduce((total, page) => total + page.views, 0)).toBe(totals.views)
  })

  it('lets several processes write and read: each id is stored once, and each sees what is there', async () => {
    const { file, store, ask } = await open()
    const other = new Store(file)
    const beacons = Array.from({ length: 300 }, (_, n) => stored({ key: `k${n % 30}`, seq: Math.floor(n / 30) }))
    const outcomes = await Promise.all(beacons.flatMap((beacon) => [store.append(beacon), other.append(beacon)]))
    other.close()
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(300)
    expect(new Set(storedIn(file).map(({ payload }) => payload.beacon.id)).size).toBe(300)
    expect(await ask('totals', undefined)).toMatchObject({ beacons: 300, duplicates: 300, views: 30, sessions: 1 })
  })
})
