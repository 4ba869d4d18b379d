import { filter, map, type Observable } from 'rxjs'
import type { Metrics } from '../sinks/payload'
import { foreground } from './foreground'
import { fromPerformance } from './fromPerformance'
import type { Page } from './page'
import { tenths } from './tenths'

/** The first input delay, once: from the first click, tap or key to the start of its handlers. Empty in WebKit. */
export const firstInput = (page: Page, since?: number): Observable<Partial<Metrics>> =>
  fromPerformance<PerformanceEventTiming>(page, 'first-input', since).pipe(
    filter(({ startTime }) => foreground(page, startTime)),
    map(({ processingStart, startTime }) => ({ fid: tenths(processingStart - startTime) })),
  )
