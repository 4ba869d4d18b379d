import { filter, map, type Observable, scan } from 'rxjs'
import type { Resource, ResourceType, ResourceTypes } from '../sinks/payload'
import { fromPerformance } from './fromPerformance'
import type { Page } from './page'
import type { Settings } from './settings'
import { tenths } from './tenths'

/** Each resource that the page has loaded, when it is complete, without those that `ignoreResources` names. */
export const resources = (page: Page, since: number, settings: Settings): Observable<Resource> =>
  entries(page, since, settings).pipe(map(copy))

/** How many resources of each kind the view has loaded so far, at each one. */
export const resourceTypes = (page: Page, since: number, settings: Settings): Observable<ResourceTypes> =>
  entries(page, since, settings).pipe(
    map(typeOf),
    scan((types, type) => ({ ...types, [type]: { count: (types[type]?.count ?? 0) + 1 } }), {} as ResourceTypes),
  )

/** The client's own requests are never among them, whatever `ignoreResources` says. */
const entries = (page: Page, since: number, { endpoint, ignoreResources }: Settings) => {
  const ignored = [ignoreResources].flat().filter((part) => part !== 'no')
  return fromPerformance<PerformanceResourceTiming>(page, 'resource', since).pipe(
    filter(({ name }) => path(name) !== endpoint && !ignored.some((part) => name.includes(part))),
  )
}

const path = (url: string) => url.split(/[?#]/)[0] as string

const texts = 'name entryType initiatorType nextHopProtocol renderBlockingStatus'.split(' ')
const numbers = (
  'startTime duration workerStart redirectStart redirectEnd fetchStart domainLookupStart domainLookupEnd connectStart ' +
  'secureConnectionStart connectEnd requestStart responseStart responseEnd transferSize encodedBodySize decodedBodySize ' +
  'responseStatus'
).split(' ')

const copy = (entry: PerformanceResourceTiming): Resource => {
  const { serverTiming = [], ...copied } = entry.toJSON()
  return Object.fromEntries([
    ...texts.map((key) => [key, copied[key] ?? '']),
    ...numbers.map((key) => [key, tenths(copied[key] ?? 0)]),
    [
      'serverTiming',
      serverTiming.map(({ name, duration, description }: ServerTiming) => ({ name, duration, description })),
    ],
  ])
}

type ServerTiming = PerformanceServerTiming

/** The kind by what asked for it where that is certain, else by the extension, else by what asked. */
const typeOf = ({ initiatorType, name }: PerformanceResourceTiming): ResourceType =>
  /^(fetch|xml)/.test(initiatorType)
    ? 'fetch'
    : ((Object.keys(byExtension) as ResourceType[]).find((type) => byExtension[type]?.test(path(name))) ??
      byInitiator[initiatorType] ??
      'other')

const byExtension: Partial<Record<ResourceType, RegExp>> = {
  css: /\.css$/i,
  javascript: /\.m?js$/i,
  font: /\.(woff2?|[to]tf|eot)$/i,
  image: /\.(png|jpe?g|gif|svg|webp|avif|ico|bmp)$/i,
}

const byInitiator: Record<string, ResourceType> = {
  link: 'css',
  script: 'javascript',
  img: 'image',
  image: 'image',
  css: 'image',
}
