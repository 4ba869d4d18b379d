import { EMPTY, filter, map, merge, type Observable, scan } from 'rxjs'
import type { MetricType } from 'web-vitals'
import { onCLS } from 'web-vitals/onCLS.js'
import { onFCP } from 'web-vitals/onFCP.js'
import { onINP } from 'web-vitals/onINP.js'
import { onLCP } from 'web-vitals/onLCP.js'
import { onTTFB } from 'web-vitals/onTTFB.js'
import { remember } from '../operators/remember.ts'
import type { LongAnimationFrame, Metrics } from '../sinks/payload.ts'
import { attribution, type Context } from './attribution.ts'
import { fromPerformance } from './fromPerformance.ts'
import { longAnimationFrames } from './longAnimationFrames.ts'
import type { Page } from './page.ts'
import { score } from './score.ts'
import { tenths } from './tenths.ts'

/**
 * FCP, LCP, CLS, INP and TTFB as the web-vitals package defines them, each at every change, with what made them so;
 * those of a soft navigation apart, by its id. A collector that subscribes later gets what there was, but a view that
 * began later (`since`) only what is new to it. Empty for any page but the one that the package itself runs in.
 */
export const webVitals = (page: Page, since = 0): Observable<Partial<Metrics>> =>
  page === globalThis.window
    ? merge(
        longAnimationFrames(page),
        fromPerformance<PerformanceEventTiming>(page, 'event', 0, { durationThreshold: 40 }),
        vitalsOf(page),
      ).pipe(
        scan(withContext, { frames: [], events: [] }),
        filter(({ vital }) => vital !== undefined && vital.at >= since),
        map((state) => told(page, (state.vital as Vital).metric, state)),
      )
    : EMPTY

interface Vital {
  metric: MetricType
  at: number
}

interface State extends Context {
  vital?: Vital
}

/** The package can't be told to stop, so each page asks it once, for good, and all collectors share what it says. */
const asked = new WeakMap<Page, Observable<Vital>>()

const vitalsOf = (page: Page) => {
  const known = asked.get(page)
  if (known) return known
  const { next, value$ } = remember<Vital>(100)
  const tell = (metric: MetricType) => next({ metric, at: page.performance.now() })
  for (const on of [onFCP, onLCP, onCLS, onINP, onTTFB]) on(tell, { reportAllChanges: true, reportSoftNavs: true })
  asked.set(page, value$)
  return value$
}

/** The last frames and events are kept, to tell what made an interaction slow. */
const withContext = ({ frames, events }: State, next: LongAnimationFrame | PerformanceEventTiming | Vital): State =>
  'metric' in next
    ? { frames, events, vital: next }
    : 'scripts' in next
      ? { frames: [...frames, next].slice(-20), events }
      : { frames, events: [...events, next].slice(-50) }

const told = (page: Page, metric: MetricType, context: Context): Partial<Metrics> => {
  const { navigationType, navigationId, navigationURL: url = '', navigationStartTime = 0 } = metric
  const name = metric.name.toLowerCase() as 'lcp'
  const value = name === ('cls' as string) ? score(metric.value) : tenths(metric.value)
  return navigationType === 'soft-navigation'
    ? { softNavigations: { [String(navigationId)]: { url, startTime: tenths(navigationStartTime), [name]: value } } }
    : { [name]: value, navigationType, attribution: { [name]: attribution(page, metric, context) } }
}
