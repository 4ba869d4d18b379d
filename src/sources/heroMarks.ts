import { filter, map, type Observable } from 'rxjs'
import { fromPerformance } from '../page/fromPerformance.ts'
import type { Page } from '../page/page.ts'
import type { Mark } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'
import { toJson } from '../payload/toJson.ts'

/** Each `performance.mark` whose name starts with `HE-`, those set before the client ran included. */
export const heroMarks = (page: Page, since?: number): Observable<Mark> =>
  fromPerformance<PerformanceMark>(page, 'mark', since).pipe(
    filter(({ name }) => name.startsWith('HE-')),
    map(({ name, detail, startTime }) => ({
      name: toJson(name) as string,
      detail: toJson(detail ?? null),
      startTime: tenths(startTime),
    })),
  )
