import { EMPTY, map, merge, mergeMap, type Observable, switchMap } from 'rxjs'
import { elapsed } from '../../page/elapsed.ts'
import { activationStart } from '../../page/foreground.ts'
import { loaded } from '../../page/loaded.ts'
import { navigationEntry } from '../../page/navigationEntry.ts'
import type { Page } from '../../page/page.ts'
import { pageActivated } from '../../page/pageActivated.ts'
import { secondFrame } from '../../page/secondFrame.ts'
import type { Metrics } from '../../payload/payload.ts'
import { fcpAttribution, lcpAttribution, ttfbAttribution } from './attribution.ts'
import { timelineVitals } from './timelineVitals.ts'
import { vitalMetrics } from './vitalMetrics.ts'

/**
 * FCP, LCP, CLS, INP and TTFB as the web-vitals package defines them, each at every change, with what made them so; those
 * of a soft navigation apart, by its id. From the activation of a prerendered page on. A view that began later (`since`)
 * gets what is new to it, and, if it came back from the back/forward cache just now, paints from that moment on.
 */
export const webVitals = (page: Page, since = 0): Observable<Partial<Metrics>> =>
  pageActivated(page).pipe(
    switchMap(() => {
      // the event that is being handled tells when the visitor asked for the page, which is before it came back
      const event = page.event as PageTransitionEvent | undefined
      const restoredAt = since && event?.persisted ? event.timeStamp : 0
      const isRestored = restoredAt > 0
      const start = restoredAt || activationStart(page)
      const told = vitalMetrics(page, isRestored)
      const firstByte$ = loaded(page).pipe(
        mergeMap(() => navigationEntry(page)),
        map((entry) => told('ttfb', entry.responseStart - start, () => ttfbAttribution(entry, start))),
      )
      const painted$ = secondFrame(page).pipe(
        map(() => elapsed(page)),
        mergeMap((now) => [
          told('fcp', now - start, () => fcpAttribution(page, start, now)),
          told('lcp', now - start, () => lcpAttribution(page, start, now)),
        ]),
      )
      return merge(
        isRestored || !since ? firstByte$ : EMPTY,
        isRestored ? painted$ : EMPTY,
        timelineVitals(page, { since, start, isRestored }, told),
      )
    }),
  )
