import { expect } from 'vitest'
import type { Collector } from '../../../src/index.ts'
import { back, hide } from '../harness/tabs.ts'
import { page, type Row } from './row.ts'

declare const CRUM: Collector

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** A session that `localStorage` holds before the client starts, as many minutes old. */
const stored = (started: number, seen: number) => `<script>
  localStorage.CRUM = JSON.stringify({ id: 'c0ffee00-0000-4000-8000-000000000000', startTime: Date.now() - ${started} * 60000, lastLoop: Date.now() - ${seen} * 60000, duration: 0 })
</script>`

export const identityRows: Row[] = [
  {
    field: 'session.id',
    when: 'the visitor comes for the first time',
    truth: () => JSON.parse(localStorage.CRUM).id,
    check: ({ session }, id) => {
      expect(session.id).toMatch(uuid)
      expect(session.id).toBe(id)
    },
  },
  {
    field: 'session.id',
    when: 'the visitor was here four minutes ago',
    head: stored(40.5, 4),
    check: ({ session }) => expect(session.id).toMatch(/^c0ffee00/),
  },
  {
    field: 'session.id',
    when: 'the visitor was here six minutes ago',
    head: stored(40.5, 6),
    check: ({ session }) => expect(session.id).toMatch(/^(?!c0ffee00)/),
  },
  {
    field: 'session.startTime',
    when: 'the page starts the session',
    truth: () => [performance.timeOrigin, Date.now()],
    check: ({ session }, [from, to]) => {
      expect(Number.isInteger(session.startTime)).toBe(true)
      expect(session.startTime).toBeGreaterThanOrEqual(Math.floor(from))
      expect(session.startTime).toBeLessThanOrEqual(to)
    },
  },
  {
    field: 'session.lastLoop',
    when: 'the loop goes round',
    settings: { savingMode: false },
    check: ({ payloads }) => {
      const loops = new Set(payloads.map(({ session }) => session.lastLoop))
      expect(loops.size).toBeGreaterThan(2)
      expect([...loops]).toEqual([...loops].sort())
    },
  },
  {
    field: 'session.lastLoop',
    when: 'the page is hidden',
    settings: { savingMode: false },
    act: (visitor) => hide(visitor),
    check: ({ payloads }) => {
      const hidden = payloads.filter(({ view }) => view.visibility === 'hidden')
      expect(hidden.length).toBeGreaterThan(3)
      expect(new Set(hidden.map(({ session }) => session.lastLoop)).size).toBe(1)
    },
  },
  {
    field: 'session.duration',
    when: 'the session is 40 and a half minutes old',
    head: stored(40.5, 1),
    check: ({ session }) => expect(session.duration).toBe(40),
  },
  {
    field: 'view.id',
    when: 'nobody names the view',
    path: '/category/shoes?id=1',
    check: ({ view }) => expect(view.id).toBe('/category/shoes'),
  },
  {
    field: 'view.id',
    when: 'the settings name it',
    settings: { viewId: 'homepage' },
    check: ({ view }) => expect(view.id).toBe('homepage'),
  },
  {
    field: 'view.id',
    when: 'setViewId names it',
    act: (visitor) => visitor.evaluate(() => CRUM.setViewId('basket')),
    check: ({ view }) => expect(view.id).toBe('basket'),
  },
  {
    field: 'view.startTime',
    when: 'the page is opened',
    truth: () => Math.round(performance.timeOrigin),
    check: ({ view }, origin) => expect(view.startTime).toBe(origin),
  },
  {
    field: 'view.startTime',
    when: 'the page comes back from the bfcache',
    // the client listens later, so that its own clock is read between these two
    head: `<script>
      var now = () => performance.timeOrigin + performance.now()
      var shown = new Promise((resolve) => addEventListener('pageshow', ({ persisted }) => {
        const from = now()
        if (persisted) setTimeout(() => resolve([from, now()]))
      }))
    </script>`,
    routes: { '/next': page() },
    act: async (visitor, shop) => {
      await visitor.goto(shop.url('/next'))
      await back(visitor)
    },
    truth: () => (globalThis as unknown as { shown: Promise<number[]> }).shown,
    check: ({ view }, [from, to]) => {
      expect(view.pathname).toBe('/')
      expect(view.startTime).toBeGreaterThanOrEqual(Math.floor(from))
      expect(view.startTime).toBeLessThanOrEqual(Math.ceil(to))
    },
  },
  {
    field: 'view.href … view.origin',
    when: 'the URL has all parts',
    path: '/category?id=4016974#top',
    truth: () => {
      const { href, protocol, host, hostname, port, pathname, search, hash, origin } = location
      return { href, protocol, host, hostname, port, pathname, search, hash, origin }
    },
    check: ({ view }, parts) => expect(view).toMatchObject(parts),
  },
  {
    field: 'view.href',
    when: 'the route changes: no beacon mixes two routes',
    act: (visitor) =>
      visitor.evaluate(() => {
        for (const route of ['/a', '/b', '/c']) {
          history.pushState(0, '', route)
          CRUM.addEvent(`on ${location.pathname}`)
        }
      }),
    check: ({ view, payloads }) => {
      expect(view.events).toHaveLength(3)
      for (const { view } of payloads) {
        for (const event of view.events ?? []) expect(event).toHaveProperty(`on ${view.pathname}`)
      }
    },
  },
  {
    field: 'view.referer',
    when: 'a link leads to the page',
    body: '<a href="/next?from=link">next</a>',
    routes: { '/next': page() },
    act: async (visitor) => {
      await visitor.click('a')
      await visitor.waitForURL('**/next?from=link')
    },
    truth: () => document.referrer,
    check: ({ view }, referrer) => {
      expect(referrer).toMatch(/^http/)
      expect(view).toMatchObject({ pathname: '/next', referer: referrer })
    },
  },
  {
    field: 'view.visibility',
    when: 'the page is in front',
    check: ({ view }) => expect(view.visibility).toBe('visible'),
  },
  {
    field: 'view.visibility',
    when: 'another tab is put in front',
    act: (visitor) => hide(visitor),
    check: ({ view }) => expect(view.visibility).toBe('hidden'),
  },
]
