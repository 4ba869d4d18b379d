import { filter, map, type Observable } from 'rxjs'
import type { Mark } from '../sinks/payload.ts'
import { fromPerformance } from './fromPerformance.ts'
import type { Page } from './page.ts'
import { plain } from './plain.ts'
import { tenths } from './tenths.ts'

/** Each `performance.mark` whose name starts with `HE-`, those set before the client ran included. */
export const heroMarks = (page: Page, since?: number): Observable<Mark> =>
  fromPerformance<PerformanceMark>(page, 'mark', since).pipe(
    filter(({ name }) => name.startsWith('HE-')),
    map(({ name, detail, startTime }) => ({
      name: plain(name) as string,
      detail: plain(detail ?? null),
      startTime: tenths(startTime),
    })),
  )
