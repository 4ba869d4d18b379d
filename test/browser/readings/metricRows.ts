import { expect } from 'vitest'
import type { Metrics } from '../../../src/payload/payload.ts'
import { back } from '../harness/tabs.ts'
import { page, type Row, tenths } from './row.ts'

declare const seen: (PerformanceEntry & { interactionId: number; value: number; processingStart: number })[]

const slowButton = '<button onclick="busy(90)">Order</button>'

/** A click is only counted when its frame has been painted and the browser is idle: asked until it is. */
const click: Row['act'] = async (visitor) => {
  await visitor.click('button')
  await visitor.waitForFunction(() => seen.some(({ interactionId, name }) => interactionId && name === 'click'))
}

const painted: Row['act'] = (visitor) =>
  visitor.waitForFunction(() => seen.some(({ entryType }) => entryType === 'largest-contentful-paint'))

/** A metric that is one number of the page's own time line. */
const metric = (field: keyof Metrics, truth: () => unknown, more: Partial<Row> = {}): Row => ({
  field: `metrics.${field}`,
  when: 'the page has loaded',
  truth,
  check: ({ metrics }, value) => {
    expect(value).toBeGreaterThanOrEqual(0)
    expect(metrics[field]).toBe(tenths(value))
  },
  ...more,
})

const type = (navigationType: string, when: string, more: Partial<Row>): Row => ({
  field: 'metrics.navigationType',
  when,
  check: ({ metrics }) => expect(metrics.navigationType).toBe(navigationType),
  ...more,
})

/** For the functions that run in the page, which see nothing of this file. */
const entry = () => performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming
const phase = (name: string) => Object.assign(new Function(`return (${entry})().${name}`) as () => number)

export const metricRows: Row[] = [
  metric('fp', () => performance.getEntriesByName('first-paint')[0]?.startTime, { act: painted }),
  metric('fcp', () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime, { act: painted }),
  metric('lcp', () => seen.filter(({ entryType }) => entryType === 'largest-contentful-paint').at(-1)?.startTime, {
    act: painted,
  }),
  metric('cls', () => 0, { when: 'nothing shifts' }),
  metric(
    'cls',
    () => seen.filter(({ entryType }) => entryType === 'layout-shift').reduce((sum, { value }) => sum + value, 0),
    {
      when: 'something shifts',
      body: '<p>below</p><script>setTimeout(() => document.querySelector("h1").style.marginTop = "300px", 200)</script>',
      act: (visitor) => visitor.waitForFunction(() => seen.some(({ entryType }) => entryType === 'layout-shift')),
      check: ({ metrics }, value) => {
        expect(value).toBeGreaterThan(0)
        expect(metrics.cls).toBe(Math.round(value * 1e4) / 1e4)
      },
    },
  ),
  metric('inp', () => Math.max(...seen.filter(({ interactionId }) => interactionId).map(({ duration }) => duration)), {
    when: 'a click is slow',
    body: slowButton,
    act: click,
  }),
  metric(
    'fid',
    () => {
      const first = seen.find(({ entryType }) => entryType === 'first-input')
      return first && first.processingStart - first.startTime
    },
    { when: 'somebody clicks', body: slowButton, act: click },
  ),
  metric('ttfb', phase('responseStart')),
  metric('responseTime', phase('responseEnd - performance.getEntriesByType("navigation")[0].responseStart')),
  metric('domContentLoadedEventStart', phase('domContentLoadedEventStart')),
  metric('domContentLoadedEventEnd', phase('domContentLoadedEventEnd')),
  metric(
    'domContentLoadedDuration',
    phase('domContentLoadedEventEnd - performance.getEntriesByType("navigation")[0].domContentLoadedEventStart'),
  ),
  metric('domComplete', phase('domComplete')),
  metric('duration', phase('duration')),
  metric(
    'renderDuration',
    phase('loadEventEnd - performance.getEntriesByType("navigation")[0].domContentLoadedEventStart'),
  ),
  {
    field: 'metrics.serverTiming',
    when: 'the document has the header',
    headers: { 'server-timing': 'render;dur=20.5;desc="on the server"' },
    check: ({ metrics }) =>
      expect(metrics.serverTiming).toEqual([{ name: 'render', duration: 20.5, description: 'on the server' }]),
  },
  type('navigate', 'a URL is opened', {}),
  type('reload', 'the page is reloaded', { act: (visitor) => visitor.reload() }),
  type('back-forward', 'one goes back to an error page, which the bfcache does not take', {
    status: 404,
    routes: { '/next': page() },
    act: async (visitor, shop) => {
      await visitor.goto(shop.url('/next'))
      await back(visitor)
    },
  }),
  type('back-forward-cache', 'one goes back', {
    routes: { '/next': page() },
    act: async (visitor, shop) => {
      await visitor.goto(shop.url('/next'))
      await back(visitor)
    },
  }),
  {
    field: 'metrics.notRestoredReasons',
    when: 'one goes back to an error page, which the bfcache does not take',
    status: 404,
    routes: { '/next': page() },
    act: async (visitor, shop) => {
      await visitor.goto(shop.url('/next'))
      await back(visitor)
    },
    check: ({ metrics }) => expect(metrics.notRestoredReasons).toMatchObject({ reasons: expect.any(Array) }),
  },
  {
    field: 'metrics.softNavigations',
    when: 'a click changes the route and the page',
    body: `<button onclick="history.pushState(0, '', '/soft'); document.body.append(Object.assign(document.createElement('h2'), { textContent: 'another page, as it seems' }))">Go</button>`,
    act: (visitor) => visitor.click('button'),
    check: ({ metrics }) =>
      expect(Object.values(metrics.softNavigations ?? {})).toContainEqual(
        expect.objectContaining({
          url: expect.stringMatching(/\/soft$/),
          startTime: expect.any(Number),
          fcp: expect.any(Number),
        }),
      ),
  },
]
