import type { LoadTimes } from './attribution.ts'

/** Resources that are kept: the one behind a paint is among the last. */
const most = 50

/** Initiators of what is never painted itself. */
const unseen = /^(fetch|xmlhttprequest|script|beacon)$/

/** The last resources that may be behind a paint, as observed: the browser's own buffer is full after 250 of any kind. */
export const paintedResources = () => {
  const recent: (LoadTimes & { url: string })[] = []
  return {
    add: (entry: PerformanceResourceTiming) => {
      if (unseen.test(entry.initiatorType)) return
      const requested = entry.requestStart || entry.startTime
      if (recent.push({ url: entry.name, requested, loaded: entry.responseEnd }) > most) recent.shift()
    },
    /** The load times of the last request for `url` before `time`. */
    behind: (url: string, time: number): LoadTimes | undefined =>
      recent.findLast((resource) => resource.url === url && resource.requested <= time),
  }
}

export type PaintedResources = ReturnType<typeof paintedResources>
