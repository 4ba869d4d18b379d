import { filter, map, type Observable } from 'rxjs'
import { entriesOf } from '../../page/entriesOf.ts'
import { activationStart, foreground } from '../../page/foreground.ts'
import type { Page } from '../../page/page.ts'
import type { Metrics } from '../../payload/payload.ts'
import { tenths } from '../../payload/rounding.ts'
import type { SourceOptions } from '../source.ts'

/**
 * The first paint, once, from the navigation start (or the activation of a prerendered page). Not for a page that was in
 * the background until then. Empty outside Chromium.
 */
export const firstPaint = (page: Page, options?: SourceOptions): Observable<Partial<Metrics>> =>
  entriesOf(page, 'paint', options).pipe(
    filter(({ name, startTime }) => name === 'first-paint' && foreground(page, startTime)),
    map(({ startTime }) => ({ fp: tenths(startTime - activationStart(page)) })),
  )
