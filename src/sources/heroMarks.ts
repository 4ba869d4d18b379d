import type { Observable } from 'rxjs'
import { entriesOf } from '../page/entriesOf.ts'
import type { Page } from '../page/page.ts'
import { readEach } from '../page/readEach.ts'
import type { Mark } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'
import { toJson } from '../payload/toJson.ts'
import type { SourceOptions } from './source.ts'

/** Each `performance.mark` whose name starts with `HE-`, those that were set before the client ran included. */
export const heroMarks = (page: Page, options?: SourceOptions): Observable<Mark> =>
  entriesOf<PerformanceMark>(page, 'mark', options).pipe(
    readEach(({ name, detail, startTime }) =>
      name.startsWith('HE-')
        ? { name: toJson(name) as string, detail: toJson(detail ?? null), startTime: tenths(startTime) }
        : undefined,
    ),
  )
