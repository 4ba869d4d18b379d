import type { MetricType } from 'web-vitals'
import type { Attribution, LongAnimationFrame } from '../sinks/payload.ts'
import { activationStart } from './foreground.ts'
import type { Page } from './page.ts'
import { score } from './score.ts'
import { selector } from './selector.ts'
import { tenths } from './tenths.ts'

/** What happened lately: long frames, and events that took 40 ms or more. */
export interface Context {
  frames: LongAnimationFrame[]
  events: PerformanceEventTiming[]
}

/**
 * What made a vital as large as it is, as plain data: the parts that it is made of, in ms, and the element or script
 * behind it. The parts are those of web-vitals' own attribution, at a third of its bytes.
 */
export const attribution = (page: Page, metric: MetricType, { frames, events }: Context): Attribution => {
  const { name, value, navigationType } = metric
  // a page that came back has no navigation of its own to tell of
  const [navigation] = (
    /cache|soft/.test(navigationType) ? [] : page.performance.getEntriesByType('navigation')
  ) as Partial<PerformanceNavigationTiming>[]
  const start = activationStart(page)
  const after = (time = start) => Math.max(0, time - start)
  const ttfb = after(navigation?.responseStart)
  if (name === 'TTFB') {
    const { workerStart, fetchStart, domainLookupStart, connectStart, connectEnd } = navigation ?? {}
    const times = [workerStart || fetchStart, domainLookupStart, connectStart, connectEnd].map(after)
    return parts(
      [0, ...times, value],
      ['waitingDuration', 'cacheDuration', 'dnsDuration', 'connectionDuration', 'requestDuration'],
    )
  }
  if (name === 'FCP') return parts([0, ttfb, value], ['timeToFirstByte', 'firstByteToFCP'])
  if (name === 'LCP') {
    const { element, url = '', startTime = 0 } = metric.entries.at(-1) ?? {}
    const resource = (page.performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter((entry) => entry.name === url && began(entry) <= startTime)
      .at(-1)
    const requested = Math.max(ttfb, after(resource && began(resource)))
    const loaded = Math.min(value, Math.max(requested, after(resource?.responseEnd)))
    return {
      target: selector(element),
      url,
      ...parts(
        [0, ttfb, requested, loaded, value],
        ['timeToFirstByte', 'resourceLoadDelay', 'resourceLoadDuration', 'elementRenderDelay'],
      ),
    }
  }
  if (name === 'CLS') {
    const [largest] = [...metric.entries].sort((a, b) => b.value - a.value)
    if (!largest) return {}
    const { sources } = largest
    return {
      target: selector((sources.find(({ node }) => node?.nodeType === 1) ?? sources[0])?.node),
      largestShiftTime: tenths(largest.startTime),
      largestShiftValue: score(largest.value),
    }
  }
  const [entry] = metric.entries
  if (!entry) return {}
  const { startTime, duration } = entry
  // the events that were shown in the same frame: durations are rounded to 8 ms
  const shown = [
    entry,
    ...events.filter((event) => Math.abs(event.startTime + event.duration - startTime - duration) <= 8),
  ]
  const processing = Math.max(startTime, Math.min(...shown.map(({ processingStart }) => processingStart)))
  const painted = Math.max(startTime + duration, processing)
  const processed = Math.min(painted, Math.max(...shown.map(({ processingEnd }) => processingEnd)))
  const [longestScript] = frames
    .filter((frame) => frame.startTime + frame.duration >= startTime && frame.startTime <= processed)
    .flatMap(({ scripts }) => scripts)
    .sort((a, b) => b.duration - a.duration)
  return {
    target: selector(metric.entries.find(({ target }) => target)?.target),
    type: entry.name.startsWith('key') ? 'keyboard' : 'pointer',
    time: tenths(startTime),
    ...parts([startTime, processing, processed, painted], ['inputDelay', 'processingDuration', 'presentationDelay']),
    longestScript,
  }
}

const began = ({ requestStart, startTime }: PerformanceResourceTiming) => requestStart || startTime

/** The spans between moments that follow each other, each under its name. */
const parts = (times: number[], names: string[]) =>
  Object.fromEntries(names.map((name, at) => [name, tenths((times[at + 1] as number) - (times[at] as number))]))
