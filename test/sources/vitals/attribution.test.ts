import { describe, expect, test } from 'vitest'
import {
  clsAttribution,
  fcpAttribution,
  inpAttribution,
  lcpAttribution,
  ttfbAttribution,
} from '../../../src/sources/vitals/attribution'
import type { Interaction } from '../../../src/sources/vitals/interactions'
import type { LayoutShift } from '../../../src/sources/vitals/layoutShifts'
import { FakeElement, fakePage } from '../../helpers/page'

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

/** A page with this navigation, 10 s later. */
const pageWith = (...entries: [type: string, entry: object][]) => {
  const page = fakePage({ performance: { now: () => 10_000 } })
  for (const [type, entry] of [['navigation', navigation], ...entries] as const) page.emit(type, [{ ...entry }])
  return page
}
const entry = navigation as unknown as PerformanceNavigationTiming
const largest = (url: string, element: unknown) => ({ url, element }) as LargestContentfulPaint

describe('attribution', () => {
  test('takes the time to the first byte apart', () => {
    expect(ttfbAttribution(entry, 0)).toEqual({
      ...{ waitingDuration: 10, cacheDuration: 2, dnsDuration: 8, connectionDuration: 30, requestDuration: 70 },
    })
    expect(ttfbAttribution({ ...entry, workerStart: 4 }, 0)).toMatchObject({ waitingDuration: 4, cacheDuration: 8 })
  })

  test('takes the first contentful paint apart', () => {
    expect(fcpAttribution(pageWith(), 0, 400)).toEqual({ timeToFirstByte: 120, firstByteToFCP: 280 })
  })

  test('takes the largest paint apart, by the resource behind it', () => {
    const url = 'https://shop.test/hero.png'
    const resource = { name: url, startTime: 190, requestStart: 200, responseEnd: 350 }
    const late = { ...resource, requestStart: 401, responseEnd: 402 }

    expect(lcpAttribution(pageWith(['resource', resource], ['resource', late]), 0, 400, largest(url, hero))).toEqual({
      ...{ target: 'img#hero', url, timeToFirstByte: 120, resourceLoadDelay: 80 },
      ...{ resourceLoadDuration: 150, elementRenderDelay: 50 },
    })
  })

  test('takes the largest paint of a text for all delay in rendering', () => {
    expect(lcpAttribution(pageWith(), 0, 400, largest('', null))).toEqual({
      ...{ target: '', url: '', timeToFirstByte: 120, resourceLoadDelay: 0, resourceLoadDuration: 0 },
      elementRenderDelay: 280,
    })
  })

  test('names the largest shift', () => {
    const shift = (startTime: number, value: number, node: unknown) =>
      ({ startTime, value, sources: [{ node }] }) as LayoutShift
    const entries = [shift(10, 0.01, null), shift(20.04, 0.123456, hero), shift(30, 0.1, null)]

    expect(clsAttribution(entries)).toEqual({
      ...{ target: 'img#hero', largestShiftTime: 20, largestShiftValue: 0.1235 },
    })
    expect(clsAttribution([])).toEqual({})
  })

  test('takes an interaction apart, and names its longest script', () => {
    const event = { name: 'pointerup', startTime: 1000, duration: 200, processingStart: 1010, processingEnd: 1100 }
    const frames = [frame(500, 900), frame(1005, 60, 80), frame(2000, 900)] as unknown as PerformanceEntry[]
    const entries = [
      { ...event, target: null },
      { ...event, target: hero },
    ] as unknown as Interaction

    expect(inpAttribution(entries, frames)).toEqual({
      ...{ target: 'img#hero', time: 1000, inputDelay: 10, processingDuration: 90 },
      presentationDelay: 100,
      longestScript: expect.objectContaining({ invoker: 'for 80' }),
    })
  })

  test('counts the events that were shown in the same frame', () => {
    const event = { name: 'click', duration: 96, processingStart: 1040, processingEnd: 1050, target: null }
    const [other, later] = [
      { ...event, startTime: 1010, duration: 80, processingStart: 1020, processingEnd: 1080 },
      { ...event, startTime: 1010, duration: 120, processingStart: 1001, processingEnd: 1099 },
    ] as unknown as PerformanceEntry[]

    expect(
      inpAttribution([{ ...event, startTime: 1000 }] as unknown as Interaction, [other, later] as never),
    ).toMatchObject({
      ...{ inputDelay: 20, processingDuration: 60, presentationDelay: 16 },
    })
  })

  test('counts from the activation of a prerendered page, and is never negative', () => {
    for (const duration of Object.values(ttfbAttribution(entry, 500))) expect(duration).toBe(0)
    expect(fcpAttribution(pageWith(), 500, 490)).toEqual({ timeToFirstByte: 0, firstByteToFCP: 0 })
    expect(fcpAttribution(pageWith(), 500, 520)).toEqual({ timeToFirstByte: 0, firstByteToFCP: 20 })
  })

  test('is plain data, for a page without entries too', () => {
    for (const told of [fcpAttribution(fakePage(), 0, 5), lcpAttribution(fakePage(), 0, 5), clsAttribution([])]) {
      expect(JSON.parse(JSON.stringify(told))).toEqual(told)
    }
  })
})
