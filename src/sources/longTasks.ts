import { map, type Observable } from 'rxjs'
import { fromPerformance } from '../page/fromPerformance.ts'
import type { Page } from '../page/page.ts'
import type { LongTask } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'

/** Each task that kept the main thread busy for 50 ms or more, when it has ended. Empty outside Chromium. */
export const longTasks = (page: Page, since?: number): Observable<LongTask> =>
  fromPerformance(page, 'longtask', since).pipe(map(pick<LongTask>('name', 'startTime', 'duration')))
