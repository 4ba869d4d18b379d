import { navigationEntry } from '../../page/navigationEntry.ts'
import type { Page } from '../../page/page.ts'
import type { Attribution } from '../../payload/payload.ts'
import { score, tenths } from '../../payload/rounding.ts'
import { textOf } from '../../payload/thrown.ts'
import { type Interaction, longestScript } from './interactions.ts'
import type { ShiftWindow } from './shiftWindow.ts'

/** When the resource behind a paint was asked for and had arrived, ms from the navigation start. */
export interface LoadTimes {
  requested: number
  loaded: number
}

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
  { target = '', url = '', resource }: { target?: string; url?: string; resource?: LoadTimes | undefined } = {},
): Attribution => ({
  target,
  url: textOf(url),
  ...parts(start, {
    timeToFirstByte: firstByte(page),
    resourceLoadDelay: resource?.requested ?? 0,
    resourceLoadDuration: Math.min(time, resource?.loaded ?? 0),
    elementRenderDelay: time,
  }),
})

/** The largest shift of a session window; `{}` if nothing has shifted. */
export const clsAttribution = (window?: ShiftWindow): Attribution =>
  window
    ? {
        target: window.largest.target,
        largestShiftTime: tenths(window.largest.startTime),
        largestShiftValue: score(window.largest.value),
      }
    : {}

/** The parts of an interaction, and the script that ran longest in it. */
export const inpAttribution = (interaction: Interaction): Attribution => {
  const { startTime, duration, target, shown } = interaction
  const painted = startTime + duration
  return {
    target,
    time: tenths(startTime),
    ...parts(startTime, {
      inputDelay: shown.processingStart,
      processingDuration: Math.min(painted, shown.processingEnd),
      presentationDelay: painted,
    }),
    // also without one: it takes the place of that of another interaction, in the same sample
    longestScript: longestScript(interaction),
  }
}

const firstByte = (page: Page) => navigationEntry(page)?.responseStart ?? 0

/** The spans between moments that follow each other, each under its name; 0 for a moment that is past already. */
const parts = (from: number, moments: Record<string, number>) => {
  let last = from
  return Object.fromEntries(
    Object.entries(moments).map(([name, moment]) => {
      const span = tenths(moment - last)
      last = Math.max(last, moment)
      return [name, span]
    }),
  )
}
