import { filter, map, type Observable } from 'rxjs'
import { foreground } from '../../page/foreground.ts'
import { fromPerformance } from '../../page/fromPerformance.ts'
import type { Page } from '../../page/page.ts'
import type { Metrics } from '../../payload/payload.ts'
import { tenths } from '../../payload/rounding.ts'

/**
 * The first input delay, once: from the first click, tap or key to the start of its handlers. Empty where the browser
 * has no Event Timing.
 */
export const firstInput = (page: Page, since?: number): Observable<Partial<Metrics>> =>
  fromPerformance<PerformanceEventTiming>(page, 'first-input', since).pipe(
    filter(({ startTime }) => foreground(page, startTime)),
    map(({ processingStart, startTime }) => ({ fid: tenths(processingStart - startTime) })),
  )
