import { EMPTY, filter, map, type Observable, ReplaySubject } from 'rxjs'
import { type MetricWithAttribution, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals/attribution'
import type { Metrics } from '../sinks/payload'
import type { Page } from './page'
import { tenths } from './tenths'

/**
 * FCP, LCP, CLS, INP and TTFB as the web-vitals package defines them, each at every change. A collector that subscribes
 * later gets what there was, but a view that began later (`since`) only what is new to it. Empty for any page but the one
 * that the package itself runs in.
 */
export const webVitals = (page: Page, since = 0): Observable<Partial<Metrics>> =>
  page === globalThis.window
    ? vitalsOf(page).pipe(
        filter(({ at }) => at >= since),
        map(({ metric }) => ({ [metric.name.toLowerCase()]: rounded(metric) })),
      )
    : EMPTY

interface Vital {
  metric: MetricWithAttribution
  at: number
}

/** The package can't be told to stop, so each page asks it once, for good, and all collectors share what it says. */
const asked = new WeakMap<Page, ReplaySubject<Vital>>()

const vitalsOf = (page: Page) => {
  const known = asked.get(page)
  if (known) return known
  const vital$ = new ReplaySubject<Vital>(10)
  const next = (metric: MetricWithAttribution) => vital$.next({ metric, at: page.performance.now() })
  for (const on of [onFCP, onLCP, onCLS, onINP, onTTFB]) on(next, { reportAllChanges: true })
  asked.set(page, vital$)
  return vital$
}

const rounded = ({ name, value }: MetricWithAttribution) =>
  name === 'CLS' ? Math.round(value * 10_000) / 10_000 : tenths(value)
