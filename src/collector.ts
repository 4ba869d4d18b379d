import type { Observable } from 'rxjs'
import type { Status } from './devtools/status.ts'
import type { Steps } from './devtools/steps.ts'
import type { Page } from './page/page.ts'
import type { Reading } from './payload/reading.ts'
import type { Settings } from './settings.ts'
import type { Sink } from './sinks/sink.ts'
import type { Source } from './sources/source.ts'

/** `collect()`'s settings, and the parts to put it together from. */
export interface Options extends Partial<Settings> {
  /** What is observed: observables of readings, or functions that make them for a view. Default `defaultSources()`. */
  sources?: (Observable<Reading> | Source<Reading>)[]
  /** Where payloads go. Default `[beaconSink()]`. */
  sinks?: Sink[]
  /** The page. Default: the global one. */
  page?: Page
  /** Where the client came from, the default of `endpoint`. */
  source?: string | undefined
}

/** A running collector. */
export interface Collector {
  /** Names the view from now on; an empty text goes back to the path. */
  setViewId(viewId: string): void
  /** Adds labels to every payload from now on: `'name=value'`, or several with commas. */
  addToLabels(labels: string): void
  /** Records an event of the page's own, with anything that has a JSON form as its context. */
  addEvent(name: string, context?: unknown): void
  /** The visitor's answer where `consent` is `pending`: `false`, at any time, forgets everything and stops. */
  consent(isGranted: boolean): void
  /** Each step of the client's life as a plain object; who comes late gets the recent ones. */
  debug$: Steps
  /** What the client has done so far, also printed as tables. */
  status(): Status
  /** Sends what is pending and undoes everything: listeners, observers, patches, timers. */
  stop(): void
  /** The setting of that name; what it throws is told. */
  onReady(crum: unknown): void
}
