import { map, type Observable } from 'rxjs'
import { entriesOf } from '../page/entriesOf.ts'
import type { Page } from '../page/page.ts'
import type { LongTask } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'
import type { SourceOptions } from './source.ts'

/** Each task that kept the main thread busy for 50 ms or more, when it has ended. Empty outside Chromium. */
export const longTasks = (page: Page, options?: SourceOptions): Observable<LongTask> =>
  entriesOf(page, 'longtask', options).pipe(
    map(({ name, startTime, duration }) => ({ name, startTime: tenths(startTime), duration: tenths(duration) })),
  )
