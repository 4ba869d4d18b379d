import Database from 'libsql'
import { describe, expect, test } from 'vitest'
import type { Payload } from '../../src/payload/payload.ts'
import { generateBeacons } from '../demo/generateBeacons.ts'
import { snippets } from './snippets.ts'

const sql = snippets('counting.md', 'sql')
const query = (heading: string, nth = 0) => sql.filter((found) => found.heading === heading)[nth]?.code ?? ''

/** A database as the page sets it up, with these beacons, each sent twice. */
function filled(payloads: Payload[]) {
  const db = new Database(':memory:')
  const [table = '', insert = '', view = ''] = sql.slice(0, 3).map(({ code }) => code)
  db.exec(table)
  db.exec(view)
  const statement = db.prepare(insert)
  for (const payload of [...payloads, ...payloads])
    statement.run({ id: payload.beacon.id, received_at: Date.now(), payload: JSON.stringify(payload) })
  return (text: string) => db.prepare(text).all() as Record<string, unknown>[]
}

const generated = generateBeacons()
const shop = Array.from({ length: 2000 }, () => generated.next().value.payload as Payload)

/** A beacon with no more than these parts. */
const beacon = (view: string, seq: number, parts: { page?: string; labels?: string[] } & Partial<Payload> = {}) => {
  const { page = '/', labels = [], ...rest } = parts
  return {
    session: { id: 's1', startTime: 0, lastLoop: 0, duration: 0 },
    attributes: { labels },
    ...rest,
    view: { id: page, startTime: 1_790_000_000_000, ...rest.view },
    beacon: { id: `1790000000000-5a6b8c-${view}-${seq}`, seq, reason: 'sample', ...rest.beacon },
  } as Payload
}

describe('the SQL of docs/counting.md', () => {
  test('runs as it stands, on what visitors of a shop have sent', () => {
    const all = filled(shop)
    for (const { code, line } of sql.slice(3)) expect(all(code), `line ${line}`).toBeInstanceOf(Array)
    expect(all('SELECT count(*) AS n FROM beacons')).toEqual([{ n: shop.length }])
  })

  test('counts a view once, with the weight of its label, and the days of its start', () => {
    const all = filled([
      beacon('a1', 0, { labels: ['env=test', 'sampleRate=0.1'] }),
      beacon('a1', 1, { labels: ['env=test', 'sampleRate=0.1'] }),
      beacon('b2', 0),
    ])
    expect(all(query('Views and sessions'))).toEqual([{ day: '2026-09-21', views: 11, observed_sessions: 1 }])
  })

  test('counts the pages that a view has shown', () => {
    const all = filled([beacon('a1', 0), beacon('a1', 1, { page: '/cart' }), beacon('b2', 0)])
    expect(all(query('Views and sessions', 1))).toEqual([
      { page: '/', seen: 2 },
      { page: '/cart', seen: 1 },
    ])
  })

  test('takes the last LCP of each view, by its landing page, for the percentile', () => {
    const views = [100, 300, 200, 400].map((lcp, n) => beacon(`v${n}`, 0, { metrics: { lcp } as Payload['metrics'] }))
    const all = filled([
      ...views,
      // out of order, after a route change, and more than nine beacons
      beacon('w', 10, { page: '/route', metrics: { lcp: 900 } as Payload['metrics'] }),
      beacon('w', 2, { page: '/shop', metrics: { lcp: 700 } as Payload['metrics'] }),
    ])
    expect(all(query('Percentiles'))).toEqual([
      { page: '/', p75: 300, views: 4 },
      { page: '/shop', p75: 900, views: 1 },
    ])
  })

  test('finds soft navigations, and views from the back/forward cache', () => {
    const softNavigations = { 7: { url: 'https://shop.example/a', startTime: 1, lcp: 80 } }
    const all = filled([
      beacon('a', 0, { metrics: { lcp: 1, navigationType: 'navigate', softNavigations } as Payload['metrics'] }),
      beacon('b', 0, { metrics: { lcp: 1, navigationType: 'back-forward-cache' } as Payload['metrics'] }),
    ])
    expect(all(query('Percentiles', 1))).toEqual([
      { navigation: 'back-forward-cache', views: 1 },
      { navigation: 'navigate', views: 1 },
    ])
    expect(all(query('Percentiles', 2))).toMatchObject([{ url: 'https://shop.example/a', lcp: 80 }])
  })

  test('sees a gap as a loss, and two halves as one number', () => {
    const half = beacon('a', 2)
    half.beacon.id += '.12'
    const old = { view: { startTime: 1_600_000_000_000 } as Payload['view'] }
    const all = filled([0, 2, 3].map((seq) => beacon('a', seq, old)).concat(half))
    expect(all(query('Losses'))).toEqual([{ lost: 1, expected: 4 }])
  })

  test('adds up what the client has dropped, and the errors of each release', () => {
    const errors = [{ message: 'mine' }, { message: 'mine' }] as Payload['view']['errors']
    const all = filled([
      beacon('a', 0, { labels: ['release=1'], view: { errors } as Payload['view'] }),
      beacon('b', 0, { beacon: { dropped: { full: 2 } } as unknown as Payload['beacon'] }),
      beacon('c', 0, { beacon: { dropped: { full: 1, 413: 1 } } as unknown as Payload['beacon'] }),
    ])
    expect(all(query('Losses', 1))).toEqual([
      { cause: 'full', count: 3 },
      { cause: '413', count: 1 },
    ])
    expect(all(query('Errors by release'))).toEqual([{ release: 'release=1', message: 'mine', times: 2, views: 1 }])
  })
})
