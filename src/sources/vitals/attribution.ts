import { navigationEntry } from '../../page/navigationEntry.ts'
import type { Page } from '../../page/page.ts'
import { selector } from '../../page/selector.ts'
import type { Attribution, FrameScript } from '../../payload/payload.ts'
import { tenths } from '../../payload/rounding.ts'
import { score } from '../../payload/score.ts'
import { frameScript } from '../longAnimationFrames.ts'
import type { Interaction } from './interactions.ts'
import type { LayoutShift } from './layoutShifts.ts'

/** The parts of the time to the first byte, ms from `start`. They are those of web-vitals' own attribution. */
export const ttfbAttribution = (navigation: PerformanceNavigationTiming, start: number): Attribution => {
  const { workerStart, fetchStart, domainLookupStart, connectStart, connectEnd, responseStart } = navigation
  return parts(start, {
    waitingDuration: workerStart || fetchStart,
    cacheDuration: domainLookupStart,
    dnsDuration: connectStart,
    connectionDuration: connectEnd,
    requestDuration: responseStart,
  })
}

/** The parts of a first contentful paint at `time`. */
export const fcpAttribution = (page: Page, start: number, time: number): Attribution =>
  parts(start, { timeToFirstByte: firstByte(page), firstByteToFCP: time })

/** The parts of a largest contentful paint at `time`, the element that was painted, and the resource that it waited for. */
export const lcpAttribution = (
  page: Page,
  start: number,
  time: number,
  { element, url = '' }: Partial<LargestContentfulPaint> = {},
): Attribution => {
  const resource = (page.performance.getEntriesByType('resource') as PerformanceResourceTiming[])
    .filter((entry) => entry.name === url && began(entry) <= time)
    .at(-1)
  return {
    target: selector(element),
    url,
    ...parts(start, {
      timeToFirstByte: firstByte(page),
      resourceLoadDelay: resource ? began(resource) : 0,
      resourceLoadDuration: Math.min(time, resource?.responseEnd ?? 0),
      elementRenderDelay: time,
    }),
  }
}

/** The largest shift of a session window; `{}` if nothing has shifted. */
export const clsAttribution = (shifts: LayoutShift[]): Attribution => {
  const [largest] = [...shifts].sort((a, b) => b.value - a.value)
  if (!largest) return {}
  const { sources, startTime, value } = largest
  return {
    target: selector((sources.find(({ node }) => node?.nodeType === 1) ?? sources[0])?.node),
    largestShiftTime: tenths(startTime),
    largestShiftValue: score(value),
  }
}

/** The parts of an interaction, and the script that ran longest in its `recent` frames. */
export const inpAttribution = (entries: Interaction, recent: PerformanceEntry[]): Attribution => {
  const [{ startTime, duration }] = entries
  // the events that were shown in the same frame: durations are rounded to 8 ms
  const shown = [
    ...entries,
    ...(recent as PerformanceEventTiming[]).filter(
      (event) => event.processingStart && Math.abs(event.startTime + event.duration - startTime - duration) <= 8,
    ),
  ]
  const painted = startTime + duration
  const processed = Math.min(painted, Math.max(...shown.map(({ processingEnd }) => processingEnd)))
  const [longestScript] = (recent as LongFrame[])
    .filter((frame) => frame.startTime + frame.duration >= startTime && frame.startTime <= processed)
    .flatMap(({ scripts = [] }) => scripts)
    .sort((a, b) => b.duration - a.duration)
    .map(frameScript)
  return {
    target: selector(entries.find(({ target }) => target)?.target),
    time: tenths(startTime),
    ...parts(startTime, {
      inputDelay: Math.min(...shown.map(({ processingStart }) => processingStart)),
      processingDuration: processed,
      presentationDelay: painted,
    }),
    longestScript,
  }
}

interface LongFrame extends PerformanceEntry {
  scripts?: FrameScript[]
}

const firstByte = (page: Page) => navigationEntry(page)[0]?.responseStart ?? 0

const began = ({ requestStart, startTime }: PerformanceResourceTiming) => requestStart || startTime

/** The spans up to moments that follow each other, each under its name; 0 for what was over before. */
const parts = (from: number, moments: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(moments).map(([name, moment]) => {
      const span = tenths(moment - from)
      from = Math.max(from, moment)
      return [name, span]
    }),
  )
