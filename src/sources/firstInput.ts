import { filter, map, type Observable } from 'rxjs'
import type { Metrics } from '../sinks/payload.ts'
import { foreground } from './foreground.ts'
import { fromPerformance } from './fromPerformance.ts'
import type { Page } from './page.ts'
import { tenths } from './tenths.ts'

/**
 * The first input delay, once: from the first click, tap or key to the start of its handlers. Empty where the browser
 * has no Event Timing.
 */
export const firstInput = (page: Page, since?: number): Observable<Partial<Metrics>> =>
  fromPerformance<PerformanceEventTiming>(page, 'first-input', since).pipe(
    filter(({ startTime }) => foreground(page, startTime)),
    map(({ processingStart, startTime }) => ({ fid: tenths(processingStart - startTime) })),
  )
