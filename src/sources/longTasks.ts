import { map, type Observable } from 'rxjs'
import type { LongTask } from '../sinks/payload.ts'
import { fromPerformance } from './fromPerformance.ts'
import type { Page } from './page.ts'
import { pick } from './pick.ts'

/** Each task that kept the main thread busy for 50 ms or more, when it has ended. Empty outside Chromium. */
export const longTasks = (page: Page, since?: number): Observable<LongTask> =>
  fromPerformance(page, 'longtask', since).pipe(map(pick<LongTask>('name', 'startTime', 'duration')))
