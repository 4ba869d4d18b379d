import { describe, expect, test } from 'vitest'
import { merged } from '../../../src/payload/merged'
import type { LongAnimationFrameEntry } from '../../../src/sources/longAnimationFrames'
import {
  clsAttribution,
  fcpAttribution,
  inpAttribution,
  lcpAttribution,
  ttfbAttribution,
} from '../../../src/sources/vitals/attribution'
import { type Interaction, longestInteractions } from '../../../src/sources/vitals/interactions'
import { type LayoutShiftEntry, type ShiftWindow, shiftWindow } from '../../../src/sources/vitals/shiftWindow'
import { FakeElement, fakePage } from '../../helpers/page'

/** A long frame with scripts that run one after the other. */
const frame = (startTime: number, ...durations: number[]) => {
  let next = startTime
  const scripts = durations.map((duration) => {
    const script = { startTime: next, duration, invoker: `for ${duration}`, invokerType: 'event-listener' }
    next += duration
    return { ...script, sourceURL: '', sourceFunctionName: '' }
  })
  return { startTime, duration: next - startTime + 10, scripts } as unknown as LongAnimationFrameEntry
}

/** The slowest interaction of these events, with what ran meanwhile. */
const interactionOf = (events: object[], frames: LongAnimationFrameEntry[] = []) => {
  const interactions = longestInteractions()
  for (const event of events) interactions.addEvent(event as PerformanceEventTiming)
  for (const one of frames) interactions.addLongFrame(one)
  return interactions.slowest(0) as Interaction
}

/** The session window of these shifts. */
const windowOf = (...shifts: object[]) =>
  shifts.reduce<ShiftWindow | undefined>((window, shift) => shiftWindow(window, shift as LayoutShiftEntry), undefined)

const navigation = {
  ...{ startTime: 0, workerStart: 0, fetchStart: 10, domainLookupStart: 12, connectStart: 20, connectEnd: 50 },
  ...{ responseStart: 120, activationStart: 0 },
}
const hero = new FakeElement('img', { id: 'hero' })

/** A page with this navigation, 10 s later. */
const pageWith = () => {
  const page = fakePage({ performance: { now: () => 10_000 } })
  page.emit('navigation', [{ ...navigation }])
  return page
}
const entry = navigation as unknown as PerformanceNavigationTiming

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

  const url = 'https://shop.test/hero.png'

  test('takes the largest paint apart, by the resource behind it', () => {
    const resource = { requested: 200, loaded: 350 }

    expect(lcpAttribution(pageWith(), 0, 400, { target: 'img#hero', url, resource })).toEqual({
      ...{ target: 'img#hero', url, timeToFirstByte: 120, resourceLoadDelay: 80 },
      ...{ resourceLoadDuration: 150, elementRenderDelay: 50 },
    })
  })

  test('counts of a resource what was loaded before the paint, and after the first byte', () => {
    const partsOf = (requested: number, loaded: number) =>
      lcpAttribution(pageWith(), 0, 400, { url, resource: { requested, loaded } })

    expect(partsOf(200, 900)).toMatchObject({ resourceLoadDelay: 80, resourceLoadDuration: 200, elementRenderDelay: 0 })
    expect(partsOf(50, 200)).toMatchObject({ resourceLoadDelay: 0, resourceLoadDuration: 80, elementRenderDelay: 200 })
  })

  test('takes the largest paint of a text for all delay in rendering', () => {
    expect(lcpAttribution(pageWith(), 0, 400, { target: '', url: '' })).toEqual({
      ...{ target: '', url: '', timeToFirstByte: 120, resourceLoadDelay: 0, resourceLoadDuration: 0 },
      elementRenderDelay: 280,
    })
  })

  test('names the largest shift', () => {
    const shift = (startTime: number, value: number, node: unknown) => ({ startTime, value, sources: [{ node }] })
    const window = windowOf(shift(10, 0.01, null), shift(20.04, 0.123456, hero), shift(30, 0.1, null))

    expect(clsAttribution(window)).toEqual({
      ...{ target: 'img#hero', largestShiftTime: 20, largestShiftValue: 0.1235 },
    })
    expect(clsAttribution()).toEqual({})
  })

  const pointerup = { interactionId: 7, startTime: 1000.04, duration: 200, processingStart: 1010, processingEnd: 1100 }

  test('takes an interaction apart, and names its longest script', () => {
    const events = [
      { ...pointerup, target: null },
      { ...pointerup, target: hero },
    ]
    const frames = [frame(50, 900), frame(1005, 60, 80), frame(2000, 900)]

    expect(inpAttribution(interactionOf(events, frames))).toEqual({
      ...{ target: 'img#hero', time: 1000, inputDelay: 10, processingDuration: 90 },
      presentationDelay: 100,
      longestScript: {
        ...{ invoker: 'for 80', invokerType: 'event-listener', sourceURL: '', sourceFunctionName: '', duration: 80 },
      },
    })
  })

  test('names no script where none is known', () => {
    expect(inpAttribution(interactionOf([pointerup])).longestScript).toBeUndefined()
  })

  test('leaves nothing of the script of another interaction, told before in the same sample', () => {
    const [before, now] = [[frame(1005, 60, 80)], []].map((frames) =>
      inpAttribution(interactionOf([pointerup], frames)),
    )

    expect(merged(before as object, now as object)).not.toHaveProperty('longestScript', expect.anything())
  })

  test('counts the events that were shown in the same frame', () => {
    const event = { interactionId: 7, startTime: 1000, duration: 96, processingStart: 1040, processingEnd: 1050 }
    const [other, later] = [
      { ...event, interactionId: 0, startTime: 1010, duration: 80, processingStart: 1020, processingEnd: 1080 },
      { ...event, interactionId: 0, startTime: 1010, duration: 120, processingStart: 1001, processingEnd: 1099 },
    ]

    expect(inpAttribution(interactionOf([event, other, later]))).toMatchObject({
      ...{ inputDelay: 20, processingDuration: 60, presentationDelay: 16 },
    })
  })

  test('counts what a listener takes up to the paint', () => {
    const event = { ...pointerup, processingEnd: 1900 }

    expect(inpAttribution(interactionOf([event]))).toMatchObject({
      ...{ inputDelay: 10, processingDuration: 190, presentationDelay: 0 },
    })
  })

  test('counts from the activation of a prerendered page, and is never negative', () => {
    for (const duration of Object.values(ttfbAttribution(entry, 500))) expect(duration).toBe(0)
    expect(fcpAttribution(pageWith(), 500, 490)).toEqual({ timeToFirstByte: 0, firstByteToFCP: 0 })
    expect(fcpAttribution(pageWith(), 500, 520)).toEqual({ timeToFirstByte: 0, firstByteToFCP: 20 })
  })

  test('is plain data, for a page without entries too', () => {
    for (const told of [
      fcpAttribution(fakePage(), 0, 5),
      lcpAttribution(fakePage(), 0, 5),
      clsAttribution(),
      inpAttribution(interactionOf([pointerup])),
    ]) {
      expect(JSON.parse(JSON.stringify(told))).toEqual(told)
    }
  })
})
