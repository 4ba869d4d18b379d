import { filter, map, mergeMap, type Observable } from 'rxjs'
import { ownRequest } from '../page/ownRequest.ts'
import type { Page } from '../page/page.ts'
import { timelineOf } from '../page/timeline.ts'
import type { Resource, ServerTiming } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'
import { tenths } from '../payload/rounding.ts'
import { toJson } from '../payload/toJson.ts'
import type { SourceOptions } from './source.ts'

/** Each resource that the page has loaded, when it is complete, without those that `ignoreResources` names. */
export const resources = (page: Page, options?: SourceOptions): Observable<Resource> =>
  resourceEntries(page, options).pipe(mergeMap((entries) => entries.map(toResource)))

/**
 * The entries of the same resources, in the lists in which they come. The client's own requests are never among them,
 * whatever `ignoreResources` says.
 */
export const resourceEntries = (
  page: Page,
  { since, timeline = timelineOf(page), endpoint = '', ignoreResources = '/rum' }: SourceOptions = {},
): Observable<PerformanceResourceTiming[]> => {
  const isOwn = ownRequest(page, endpoint)
  const ignored = [ignoreResources].flat().filter((part) => part && part !== 'no')
  const isWanted = ({ name }: PerformanceEntry) => !isOwn(name) && !ignored.some((part) => name.includes(part))
  return timeline<PerformanceResourceTiming>(['resource'], { since }).pipe(
    map((entries) => entries.filter(isWanted)),
    filter((entries) => entries.length > 0),
  )
}

/** A resource timing entry as plain data, without the details of a service worker's router and what other fields tell. */
export const toResource = (entry: PerformanceResourceTiming): Resource => {
  // in one call: asking for each property costs more than all the rest
  const {
    contentType,
    navigationId,
    workerRouterEvaluationStart,
    workerCacheLookupStart,
    workerMatchedSourceType,
    workerFinalSourceType,
    ...resource
  } = entry.toJSON()
  for (const [name, value] of Object.entries(resource))
    resource[name] = typeof value === 'number' ? tenths(value) : toJson(value)
  resource.serverTiming = serverTimings(entry)
  return resource
}

/** The `Server-Timing` of a response as plain data. */
export const serverTimings = ({ serverTiming = [] }: Partial<PerformanceResourceTiming>): ServerTiming[] =>
  serverTiming.map(pick<ServerTiming>('name', 'duration', 'description'))
