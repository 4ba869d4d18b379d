import { describe, expect, test } from 'vitest'
import type { MetricType } from 'web-vitals'
import { attribution } from '../../src/sources/attribution'
import { FakeElement, fakePage } from '../helpers/page'

const frame = (startTime: number, ...durations: number[]) => ({
  ...{ startTime, duration: 100, blockingDuration: 50, renderStart: 0, styleAndLayoutStart: 0 },
  scripts: durations.map((duration) => ({
    ...{ invoker: `for ${duration}`, invokerType: 'event-listener', sourceURL: '', sourceFunctionName: '', duration },
  })),
})
const navigation = {
  ...{ startTime: 0, workerStart: 0, fetchStart: 10, domainLookupStart: 12, connectStart: 20, connectEnd: 50 },
  ...{ responseStart: 120, activationStart: 0 },
}
const hero = new FakeElement('img', { id: 'hero' })

/** The attribution of a metric on a page with this navigation. */
const of = (metric: object, entries: [type: string, entry: object][] = [], frames: ReturnType<typeof frame>[] = []) => {
  const page = fakePage()
  for (const [type, entry] of [['navigation', navigation], ...entries] as const) page.emit(type, [{ ...entry }])
  return attribution(page, { navigationType: 'navigate', entries: [], ...metric } as unknown as MetricType, {
    frames,
    events: [],
  })
}

describe('attribution', () => {
  test('takes the time to the first byte apart', () => {
    expect(of({ name: 'TTFB', value: 120 })).toEqual({
      ...{ waitingDuration: 10, cacheDuration: 2, dnsDuration: 8, connectionDuration: 30, requestDuration: 70 },
    })
  })

  test('takes the first contentful paint apart', () => {
    expect(of({ name: 'FCP', value: 400 })).toEqual({ timeToFirstByte: 120, firstByteToFCP: 280 })
  })

  test('takes the largest paint apart, by the resource behind it', () => {
    const url = 'https://shop.test/hero.png'
    const resource = { name: url, startTime: 190, requestStart: 200, responseEnd: 350 }
    const metric = { name: 'LCP', value: 400, entries: [{ startTime: 400, url, element: hero }] }

    expect(of(metric, [['resource', resource]])).toEqual({
      ...{ target: 'img#hero', url, timeToFirstByte: 120, resourceLoadDelay: 80 },
      ...{ resourceLoadDuration: 150, elementRenderDelay: 50 },
    })
  })

  test('takes the largest paint of a text for all delay in rendering', () => {
    const metric = { name: 'LCP', value: 400, entries: [{ startTime: 400, url: '', element: null }] }

    expect(of(metric)).toEqual({
      ...{ target: '', url: '', timeToFirstByte: 120, resourceLoadDelay: 0, resourceLoadDuration: 0 },
      elementRenderDelay: 280,
    })
  })

  test('names the largest shift', () => {
    const shift = (startTime: number, value: number, node: unknown) => ({ startTime, value, sources: [{ node }] })
    const entries = [shift(10, 0.01, null), shift(20.04, 0.123456, hero), shift(30, 0.1, null)]

    expect(of({ name: 'CLS', value: 0.2, entries })).toEqual({
      ...{ target: 'img#hero', largestShiftTime: 20, largestShiftValue: 0.1235 },
    })
    expect(of({ name: 'CLS', value: 0 })).toEqual({})
  })

  test('takes an interaction apart, and names its longest script', () => {
    const event = { name: 'pointerup', startTime: 1000, duration: 200, processingStart: 1010, processingEnd: 1100 }
    const frames = [frame(500, 900), frame(1005, 60, 80), frame(2000, 900)]
    const metric = {
      name: 'INP',
      value: 200,
      entries: [
        { ...event, target: null },
        { ...event, target: hero },
      ],
    }

    expect(of(metric, [], frames)).toEqual({
      ...{ target: 'img#hero', type: 'pointer', time: 1000, inputDelay: 10, processingDuration: 90 },
      presentationDelay: 100,
      longestScript: expect.objectContaining({ invoker: 'for 80' }),
    })
  })

  test('tells a key from a pointer', () => {
    const event = { name: 'keydown', startTime: 0, duration: 8, processingStart: 0, processingEnd: 8, target: null }

    expect(of({ name: 'INP', value: 8, entries: [event] })).toMatchObject({ type: 'keyboard', inputDelay: 0 })
  })

  test('counts from the activation of a prerendered page, and is never negative', () => {
    const page = fakePage()
    page.emit('navigation', [{ ...navigation, activationStart: 500 }])
    const metric = { name: 'TTFB', value: 0, navigationType: 'prerender', entries: [] } as unknown as MetricType

    for (const duration of Object.values(attribution(page, metric, { frames: [], events: [] })))
      expect(duration).toBe(0)
  })

  test('is plain data, for a page without entries too', () => {
    for (const name of ['TTFB', 'FCP', 'LCP', 'CLS', 'INP']) {
      const metric = { name, value: 5, navigationType: 'navigate', entries: [] } as unknown as MetricType
      const told = attribution(fakePage(), metric, { frames: [], events: [] })

      expect(JSON.parse(JSON.stringify(told))).toEqual(told)
    }
  })
})
