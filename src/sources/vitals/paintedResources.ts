import type { LoadTimes } from './attribution.ts'

/**
 * Resources that are kept, since a hero may have been preloaded before hundreds of others, and characters of their URLs: of each
 * its URL and two numbers, in all some 50 kB of a page with many images, and never more than 250 kB.
 */
const mostKept = { resources: 500, characters: 200_000 }

/** Initiators of what is never painted itself. */
const unseen = /^(fetch|xmlhttprequest|script|beacon)$/

/** The last resources that may be behind a paint, as observed: the browser's own buffer is full after 250 of any kind. */
export const paintedResources = () => {
  const recent: (LoadTimes & { url: string })[] = []
  let characters = 0
  const keep = (url: string, times: LoadTimes) => {
    recent.push({ url, ...times })
    characters += url.length
    while (recent.length > mostKept.resources || characters > mostKept.characters)
      characters -= recent.shift()?.url.length ?? 0
  }
  return {
    add: ({ name, initiatorType, requestStart, startTime, responseEnd }: PerformanceResourceTiming) => {
      if (!unseen.test(initiatorType)) keep(name, { requested: requestStart || startTime, loaded: responseEnd })
    },
    /** The load times of the last request for `url` before `time`. */
    behind: (url: string, time: number): LoadTimes | undefined =>
      recent.findLast((resource) => resource.url === url && resource.requested <= time),
  }
}

export type PaintedResources = ReturnType<typeof paintedResources>
