import { type Observable, scan } from 'rxjs'
import type { Page } from '../page/page.ts'
import type { ResourceType, ResourceTypes } from '../payload/payload.ts'
import { resourceEntries } from './resources.ts'
import type { SourceOptions } from './source.ts'

/** How many resources of each kind the view has loaded so far, at each list of entries. */
export const resourceTypes = (page: Page, options?: SourceOptions): Observable<ResourceTypes> =>
  resourceEntries(page, options).pipe(scan(counted, {} as ResourceTypes))

const counted = (counts: ResourceTypes, entries: PerformanceResourceTiming[]): ResourceTypes => {
  const more = { ...counts }
  for (const entry of entries) {
    const type = typeOf(entry)
    more[type] = { count: (more[type]?.count ?? 0) + 1 }
  }
  return more
}

/** The first kind whose pattern fits `initiatorType path`: a fetch is known by its initiator, else the extension counts. */
export const typeOf = ({ initiatorType, name }: PerformanceResourceTiming): ResourceType =>
  kinds.find(([, pattern]) => pattern.test(`${initiatorType} ${name.split(/[?#]/)[0]}`))?.[0] ?? 'other'

const kinds: [ResourceType, RegExp][] = [
  ['fetch', /^(fetch|xml)/],
  ['font', /\.(woff2?|[to]tf|eot)$/i],
  ['javascript', /\.m?js$|^script /i],
  ['image', /\.(png|jpe?g|gif|svg|webp|avif|ico)$|^ima?ge? |^css (?!.*\.css$)/i],
  ['css', /\.css$|^link /i],
]
