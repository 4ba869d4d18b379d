import { filter, map, type Observable } from 'rxjs'
import type { Mark } from '../sinks/payload'
import { fromPerformance } from './fromPerformance'
import type { Page } from './page'
import { plain } from './plain'
import { tenths } from './tenths'

/** Each `performance.mark` whose name starts with `HE-`, those set before the client ran included. */
export const heroMarks = (page: Page, since?: number): Observable<Mark> =>
  fromPerformance<PerformanceMark>(page, 'mark', since).pipe(
    filter(({ name }) => name.startsWith('HE-')),
    map(({ name, detail, startTime }) => ({ name, detail: plain(detail ?? null), startTime: tenths(startTime) })),
  )
