import { filter, map, type Observable, scan } from 'rxjs'
import { fromPerformance } from '../page/fromPerformance.ts'
import { ownRequest } from '../page/ownRequest.ts'
import type { Page } from '../page/page.ts'
import type { Resource, ResourceType, ResourceTypes, ServerTiming } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'
import type { Settings } from '../settings.ts'

/** Each resource that the page has loaded, when it is complete, without those that `ignoreResources` names. */
export const resources = (page: Page, since: number, settings: Settings): Observable<Resource> =>
  entries(page, since, settings).pipe(map((entry) => ({ ...copy(entry.toJSON()), serverTiming: serverTimings(entry) })))

/** How many resources of each kind the view has loaded so far, at each one. */
export const resourceTypes = (page: Page, since: number, settings: Settings): Observable<ResourceTypes> =>
  entries(page, since, settings).pipe(
    map(typeOf),
    scan((types, type) => ({ ...types, [type]: { count: (types[type]?.count ?? 0) + 1 } }), {} as ResourceTypes),
  )

/** The `Server-Timing` of a response as plain data. */
export const serverTimings = ({ serverTiming = [] }: Partial<PerformanceResourceTiming>): ServerTiming[] =>
  serverTiming.map(pick<ServerTiming>('name', 'duration', 'description'))

/** The client's own requests are never among them, whatever `ignoreResources` says. */
const entries = (page: Page, since: number, settings: Settings) => {
  const isOwn = ownRequest(page, settings)
  const ignored = [settings.ignoreResources].flat().filter((part) => part !== 'no')
  return fromPerformance<PerformanceResourceTiming>(page, 'resource', since).pipe(
    filter(({ name }) => !isOwn(name) && !ignored.some((part) => name.includes(part))),
  )
}

/** All that the browser tells, but the inner life of its service worker router. */
const copy = (entry: Resource) =>
  pick<Resource>(...(Object.keys(entry) as (keyof Resource)[]).filter((name) => !/^worker[^S]/.test(name)))(entry)

/**
 * The first kind whose pattern fits `initiatorType path`: what asked is certain for a fetch, else the extension counts.
 */
export const typeOf = ({ initiatorType, name }: PerformanceResourceTiming): ResourceType =>
  kinds.find(([, pattern]) => pattern.test(`${initiatorType} ${name.split(/[?#]/)[0]}`))?.[0] ?? 'other'

const kinds: [ResourceType, RegExp][] = [
  ['fetch', /^(fetch|xml)/],
  ['font', /\.(woff2?|[to]tf|eot)$/i],
  ['javascript', /\.m?js$|^script /i],
  ['image', /\.(png|jpe?g|gif|svg|webp|avif|ico)$|^ima?ge? |^css (?!.*\.css$)/i],
  ['css', /\.css$|^link /i],
]
