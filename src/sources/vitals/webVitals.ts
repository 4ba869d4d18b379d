import { defer, EMPTY, filter, ignoreElements, map, Observable, type OperatorFunction, switchMap, tap } from 'rxjs'
import { elapsed } from '../../page/elapsed.ts'
import { activationStart } from '../../page/foreground.ts'
import { loaded } from '../../page/loaded.ts'
import { navigationEntry } from '../../page/navigationEntry.ts'
import type { Page } from '../../page/page.ts'
import { pageActivated } from '../../page/pageActivated.ts'
import { isSupported, timelineOf } from '../../page/timeline.ts'
import { type Late, lateOnce } from '../../payload/late.ts'
import type { Metrics } from '../../payload/payload.ts'
import { merge } from '../../rx/merge.ts'
import type { SourceOptions } from '../source.ts'
import { fcpAttribution, lcpAttribution, ttfbAttribution } from './attribution.ts'
import { type PaintedResources, paintedResources } from './paintedResources.ts'
import { vitalRecorder } from './vitalRecorder.ts'

type News = Partial<Metrics> | undefined

/**
 * FCP, LCP, CLS, INP and TTFB as the web-vitals package defines them, each at every change, with its attribution; those of a
 * soft navigation apart, by its id. From the activation of a prerendered page on. A view that began later (`since`) reports
 * what is new to it, and, if it came back from the back/forward cache just now, paints from that moment on.
 */
export const webVitals = (page: Page, options?: SourceOptions): Observable<Partial<Metrics>> =>
  newsAs(page, options, (news) => map(news)).pipe(filter((news) => news !== undefined))

/** The same vitals, not worked out before somebody asks for them. */
export const lateVitals = (page: Page, options?: SourceOptions): Observable<Late<News>> =>
  newsAs(page, options, lateOnce)

const newsAs = <T>(
  page: Page,
  { since = 0, restoredAt = 0, timeline = timelineOf(page) }: SourceOptions = {},
  report: (news: () => News) => OperatorFunction<unknown, T>,
): Observable<T> =>
  defer(() => {
    const resources = paintedResources()
    // before the activation as well: a prerendered page has loaded them by then
    const resource$ = timeline<PerformanceResourceTiming>(['resource'], { since, atOnce: true }).pipe(
      tap((entries) => entries.forEach(resources.add)),
      ignoreElements(),
    )
    const news$ = pageActivated(page).pipe(
      switchMap(() => newsFrom(page, resources, { since, restoredAt, timeline }, report)),
    )
    return merge(resource$, news$)
  })

const newsFrom = <T>(
  page: Page,
  resources: PaintedResources,
  { since, restoredAt, timeline }: Required<Pick<SourceOptions, 'since' | 'restoredAt' | 'timeline'>>,
  report: (news: () => News) => OperatorFunction<unknown, T>,
): Observable<T> => {
  const isRestored = restoredAt > 0
  const start = restoredAt || activationStart(page)
  const recorder = vitalRecorder(page, resources, { since, start, isRestored })

  const firstByte$ = loaded(page).pipe(
    map(() => navigationEntry(page)),
    filter((entry) => entry !== undefined),
    tap((entry) => recorder.set('ttfb', entry.responseStart - start, () => ttfbAttribution(entry, start))),
  )
  const painted$ = secondFrame(page).pipe(
    tap(() => {
      const now = elapsed(page)
      recorder.set('fcp', now - start, () => fcpAttribution(page, start, now))
      if (isSupported(page, 'largest-contentful-paint'))
        recorder.set('lcp', now - start, () => lcpAttribution(page, start, now))
    }),
  )
  const noted$ = timeline(recorder.types, { since, durationThreshold: 40, andLeaving: true, atOnce: true })
  // on leaving also without an entry: interactions that are too fast for one count as well
  const changed$ = noted$.pipe(filter((entries) => recorder.note(entries) || !entries[0]))
  return merge(isRestored || !since ? firstByte$ : EMPTY, isRestored ? painted$ : EMPTY, changed$).pipe(
    report(recorder.news),
  )
}

/** By then the page as it is now has been painted. Waits while the page is hidden. */
const secondFrame = (page: Page) =>
  new Observable<number>((frame$) => {
    const first = page.requestAnimationFrame(() => {
      handle = page.requestAnimationFrame((time) => {
        frame$.next(time)
        frame$.complete()
      })
    })
    let handle = first
    return () => page.cancelAnimationFrame(handle)
  })
