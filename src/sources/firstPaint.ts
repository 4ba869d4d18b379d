import { filter, map, type Observable } from 'rxjs'
import type { Metrics } from '../sinks/payload.ts'
import { activationStart, foreground } from './foreground.ts'
import { fromPerformance } from './fromPerformance.ts'
import type { Page } from './page.ts'
import { tenths } from './tenths.ts'

/**
 * The first paint, once, from the navigation start (or the activation of a prerendered page). Not for a page that was
 * in the background until then. Empty outside Chromium.
 */
export const firstPaint = (page: Page, since?: number): Observable<Partial<Metrics>> =>
  fromPerformance(page, 'paint', since).pipe(
    filter(({ name, startTime }) => name === 'first-paint' && foreground(page, startTime)),
    map(({ startTime }) => ({ fp: tenths(startTime - activationStart(page)) })),
  )
