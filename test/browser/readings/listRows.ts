import { expect } from 'vitest'
import type { LongAnimationFrame, LongTask, Resource } from '../../../src/payload/payload.ts'
import { page, type Row, svg, tenths } from './row.ts'

declare const seen: PerformanceEntry[]
declare const busy: (ms: number) => void

const busyHead = '<script>busy(120)</script>'

/** The keys of an entry in the documented example. */
const documented =
  'name entryType startTime duration initiatorType nextHopProtocol renderBlockingStatus workerStart redirectStart redirectEnd fetchStart domainLookupStart domainLookupEnd connectStart secureConnectionStart connectEnd requestStart responseStart responseEnd transferSize encodedBodySize decodedBodySize responseStatus serverTiming'.split(
    ' ',
  )

const files = {
  '/a.css': 'h1 { color: teal }',
  '/b.css': '@font-face { font-family: own; src: url(/own.woff2) } h1 { font-family: own; background: url(/back) }',
  '/a.js': '',
  '/module.mjs': { body: '', headers: { 'content-type': 'text/javascript' } },
  '/image.svg': svg,
  '/pixel?id=1': { body: svg, headers: { 'content-type': 'image/svg+xml' } },
  '/back': { body: svg, headers: { 'content-type': 'image/svg+xml' } },
  '/own.woff2': 'no font',
  '/api/products.json': { body: '{}', headers: { 'server-timing': 'db;dur=12.5;desc="read it", cache;desc=miss' } },
  '/frame': 'inside',
}

const shelf = `<link rel="stylesheet" href="/a.css"><link rel="stylesheet" href="/b.css"><script src="/a.js"></script>
  <script type="module" src="/module.mjs"></script><img src="/image.svg"><img src="/pixel?id=1"><iframe src="/frame"></iframe>
  <script>
    fetch('/api/products.json')
    const xhr = new XMLHttpRequest()
    xhr.open('GET', '/api/products.json?by=xhr')
    xhr.send()
  </script>`

export const listRows: Row[] = [
  {
    field: 'view.longTasks',
    when: 'two scripts are busy, one before the client runs',
    head: busyHead,
    truth: async () => {
      // the browser does not report every one on a busy machine
      while (seen.filter(({ entryType }) => entryType === 'longtask').length < 2) {
        setTimeout(() => busy(80))
        await new Promise((r) => setTimeout(r, 200))
      }
      return seen.filter(({ entryType }) => entryType === 'longtask').map((entry) => entry.toJSON())
    },
    check: ({ view }, tasks: LongTask[]) =>
      expect(view.longTasks).toEqual(
        tasks.map(({ name, startTime, duration }) => ({ name, startTime: tenths(startTime), duration })),
      ),
  },
  {
    field: 'view.resourceTypes',
    when: 'there is one of each kind',
    head: shelf,
    routes: files,
    check: ({ view }) =>
      expect(view.resourceTypes).toEqual({
        css: { count: 2 },
        javascript: { count: 2 },
        image: { count: 3 },
        fetch: { count: 2 },
        font: { count: 1 },
        other: { count: 1 },
      }),
  },
  {
    field: 'view.resources',
    when: 'the page loads files of each kind',
    head: shelf,
    routes: files,
    truth: async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return performance.getEntriesByType('resource').map((entry) => entry.toJSON())
    },
    check: ({ view }, entries: Resource[]) => {
      const ours = entries.filter(({ name }) => !name.endsWith('/rum'))
      expect(ours.length).toBeGreaterThan(10)
      expect(view.resources.map(({ name }) => name).sort()).toEqual(ours.map(({ name }) => name).sort())
      for (const entry of ours) {
        const sent = view.resources.find(({ name }) => name === entry.name) as Resource
        for (const key of documented) {
          const value = entry[key as keyof Resource]
          expect(sent, key).toHaveProperty(key, key === 'serverTiming' ? expect.any(Array) : rounded(value))
        }
      }
    },
  },
  {
    field: 'view.resources[].serverTiming',
    when: 'a response has the header',
    head: shelf,
    routes: files,
    check: ({ view }) =>
      expect(view.resources.find(({ name }) => name.endsWith('products.json'))?.serverTiming).toEqual([
        { name: 'db', duration: 12.5, description: 'read it' },
        { name: 'cache', duration: 0, description: 'miss' },
      ]),
  },
  {
    field: 'view.resources',
    when: 'the page loads 600 of them, past the buffer of 250',
    routes: files,
    act: (visitor) =>
      visitor.evaluate(() => {
        for (let id = 0; id < 600; id++) fetch(`/api/products.json?id=${id}`).then((response) => response.text())
      }),
    check: ({ view }) => {
      const names = view.resources.map(({ name }) => name)
      expect(new Set(names).size).toBe(600)
      expect(names).toHaveLength(600)
    },
  },
  {
    field: 'view.fps',
    when: 'something moves',
    head: '<style>@keyframes slide { to { margin-left: 300px } } h1 { animation: slide 3s infinite }</style>',
    check: ({ view }) => {
      expect(view.fps.length).toBeGreaterThan(0)
      for (const [index, { timeStamp, fps }] of view.fps.entries()) {
        const last = view.fps[index - 1] ?? { timeStamp: -1, fps: -10 }
        expect(Number.isInteger(fps) && fps > 0 && fps < 300).toBe(true)
        expect(timeStamp).toBeGreaterThan(last.timeStamp)
        expect(Math.abs(fps - last.fps)).toBeGreaterThan(1)
      }
    },
  },
  {
    field: 'view.longAnimationFrames',
    when: 'a timer is busy',
    head: '<script src="/slow.js"></script>',
    routes: { '/slow.js': 'function slow() { busy(150); document.title = "slow" }; setTimeout(slow, 50)' },
    truth: async () => {
      const ofSlow = () => seen.filter((entry) => /slow/.test(JSON.stringify(entry.toJSON().scripts)))
      while (ofSlow().length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
      return ofSlow().map((entry) => entry.toJSON())
    },
    check: ({ view }, [frame]) => {
      const { startTime, duration, blockingDuration, renderStart, styleAndLayoutStart, scripts } = frame
      expect(view.longAnimationFrames).toContainEqual({
        startTime: tenths(startTime),
        duration: tenths(duration),
        blockingDuration: tenths(blockingDuration),
        renderStart: tenths(renderStart),
        styleAndLayoutStart: tenths(styleAndLayoutStart),
        scripts: scripts.map((script: LongAnimationFrame['scripts'][0]) => ({
          invoker: script.invoker,
          invokerType: script.invokerType,
          sourceURL: script.sourceURL,
          sourceFunctionName: script.sourceFunctionName,
          duration: tenths(script.duration),
        })),
      })
      expect(view.longAnimationFrames.flatMap(({ scripts }) => scripts)).toContainEqual(
        expect.objectContaining({ sourceFunctionName: 'slow', sourceURL: expect.stringMatching(/\/slow\.js$/) }),
      )
    },
  },
  {
    field: 'view.marks',
    when: 'the page marks before the client runs and after',
    head: `<script>performance.mark('HE-start-menu', { detail: 'Menu loaded.' }); performance.mark('other')</script>`,
    act: (visitor) =>
      visitor.evaluate(() => {
        performance.mark('HE-bare')
        performance.mark('HE-object', { detail: { items: [1, { two: 2 }], open: false } })
        performance.mark('HE-zero', { detail: 0 })
      }),
    truth: () =>
      performance.getEntriesByType('mark').map(({ name, startTime }) => [name, Math.round(startTime * 10) / 10]),
    check: ({ view }, marks) => {
      const times = Object.fromEntries(marks)
      expect(view.marks).toEqual([
        { name: 'HE-start-menu', detail: 'Menu loaded.', startTime: times['HE-start-menu'] },
        { name: 'HE-bare', detail: null, startTime: times['HE-bare'] },
        { name: 'HE-object', detail: { items: [1, { two: 2 }], open: false }, startTime: times['HE-object'] },
        { name: 'HE-zero', detail: 0, startTime: times['HE-zero'] },
      ])
    },
  },
  {
    field: 'view.marks',
    when: 'the detail goes in circles',
    act: (visitor) =>
      visitor.evaluate(() => {
        const detail: Record<string, unknown> = { name: 'ring' }
        detail.self = detail
        performance.mark('HE-ring', { detail })
      }),
    check: ({ view }) =>
      expect(view.marks).toEqual([
        { name: 'HE-ring', detail: { name: 'ring', self: '[circular]' }, startTime: expect.any(Number) },
      ]),
  },
  {
    field: 'view.marks',
    when: 'trackHeroes is off',
    settings: { trackHeroes: false, trackResources: false },
    head: `<script>performance.mark('HE-start')</script><link rel="stylesheet" href="/a.css">`,
    routes: files,
    check: ({ view, metrics }) => {
      expect(metrics.duration).toBeGreaterThan(0)
      expect([view.marks, view.resources, view.resourceTypes]).toEqual([[], [], undefined])
    },
  },
  {
    field: 'every list',
    when: 'the page goes on: no beacon repeats an item',
    head: `${busyHead}<script>performance.mark('HE-one')</script>`,
    routes: { '/next': page() },
    act: async (visitor, shop) => {
      await shop.until((beacons) => beacons.length > 0)
      await visitor.evaluate(() => {
        busy(80)
        performance.mark('HE-two')
        console.warn('two')
      })
    },
    check: ({ view }) => {
      expect(view.marks.map(({ name }) => name)).toEqual(['HE-one', 'HE-two'])
      expect(view.console.map(({ value }) => value[0])).toEqual(['two'])
      expect(new Set(view.longTasks.map(({ startTime }) => startTime)).size).toBe(view.longTasks.length)
    },
  },
]

const rounded = (value: unknown) => (typeof value === 'number' ? tenths(value) : value)
