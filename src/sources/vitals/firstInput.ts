import { filter, map, type Observable } from 'rxjs'
import { entriesOf } from '../../page/entriesOf.ts'
import { foreground } from '../../page/foreground.ts'
import type { Page } from '../../page/page.ts'
import type { Metrics } from '../../payload/payload.ts'
import { tenths } from '../../payload/rounding.ts'
import type { SourceOptions } from '../source.ts'

/**
 * The first input delay, once: from the first click, tap or key to the start of its handlers. Empty if the browser has no
 * Event Timing.
 */
export const firstInput = (page: Page, options?: SourceOptions): Observable<Partial<Metrics>> =>
  entriesOf<PerformanceEventTiming>(page, 'first-input', options).pipe(
    filter(({ startTime }) => foreground(page, startTime)),
    map(({ processingStart, startTime }) => ({ fid: tenths(processingStart - startTime) })),
  )
