import type { MetricType } from 'web-vitals'
import type { Attribution, LongAnimationFrame } from '../sinks/payload'
import { activationStart } from './foreground'
import type { Page } from './page'
import { pick } from './pick'
import { selector } from './selector'
import { tenths } from './tenths'

/**
 * What made a vital as large as it is, as plain data: the parts it is made of, in ms, and the element or script behind
 * it. The parts are those of web-vitals' own attribution, at a quarter of its bytes.
 */
export const attribution = (page: Page, metric: MetricType, frames: LongAnimationFrame[]): Attribution => {
  const start = activationStart(page)
  const navigation = page.performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming | undefined
  const after = (time = 0) => Math.max(0, time - start)
  const isHard = !/^(soft|back-forward-c)/.test(metric.navigationType)
  const ttfb = isHard ? after(navigation?.responseStart) : 0
  const { name, value } = metric
  if (name === 'TTFB') {
    const { workerStart, fetchStart, domainLookupStart, connectStart, connectEnd } = (
      isHard ? navigation : {}
    ) as PerformanceNavigationTiming
    const waiting = after(workerStart || fetchStart)
    return parts({
      waitingDuration: waiting,
      cacheDuration: after(domainLookupStart) - waiting,
      dnsDuration: after(connectStart) - after(domainLookupStart),
      connectionDuration: after(connectEnd) - after(connectStart),
      requestDuration: isHard ? value - after(connectEnd) : 0,
    })
  }
  if (name === 'FCP') return parts({ timeToFirstByte: ttfb, firstByteToFCP: value - ttfb })
  if (name === 'LCP') {
    const entry = metric.entries.at(-1)
    const resource = (page.performance.getEntriesByType('resource') as PerformanceResourceTiming[]).findLast(
      ({ name, requestStart, startTime }) => name === entry?.url && (requestStart || startTime) <= entry.startTime,
    )
    const requested = Math.max(ttfb, resource ? after(resource.requestStart || resource.startTime) : 0)
    const loaded = Math.min(value, Math.max(requested, after(resource?.responseEnd)))
    return {
      target: selector(entry?.element),
      url: entry?.url ?? '',
      ...parts({
        timeToFirstByte: ttfb,
        resourceLoadDelay: requested - ttfb,
        resourceLoadDuration: loaded - requested,
        elementRenderDelay: value - loaded,
      }),
    }
  }
  if (name === 'CLS') {
    const largest = [...metric.entries].sort((a, b) => b.value - a.value)[0]
    const source = largest?.sources.find(({ node }) => node?.nodeType === 1) ?? largest?.sources[0]
    return {
      target: selector(source?.node),
      ...(largest && {
        largestShiftTime: tenths(largest.startTime),
        largestShiftValue: Math.round(largest.value * 1e4) / 1e4,
      }),
    }
  }
  const [entry] = metric.entries
  if (!entry) return {}
  const painted = Math.max(entry.startTime + entry.duration, entry.processingStart)
  const processed = Math.min(Math.max(...metric.entries.map(({ processingEnd }) => processingEnd)), painted)
  const [script] = frames
    .filter(({ startTime, duration }) => startTime + duration >= entry.startTime && startTime <= processed)
    .flatMap(({ scripts }) => scripts)
    .sort((a, b) => b.duration - a.duration)
  return {
    target: selector(metric.entries.find(({ target }) => target)?.target),
    type: entry.name.startsWith('key') ? 'keyboard' : 'pointer',
    ...parts({
      time: entry.startTime,
      inputDelay: entry.processingStart - entry.startTime,
      processingDuration: processed - entry.processingStart,
      presentationDelay: painted - processed,
    }),
    ...(script && { longestScript: script }),
  }
}

const parts = (times: Record<string, number>) => pick<Record<string, number>>(...Object.keys(times))(times)
