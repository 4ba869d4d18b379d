import type { Observable } from 'rxjs'
import type { Step } from './devtools/step.ts'
import type { Steps } from './devtools/steps.ts'
import type { Page } from './page/page.ts'
import type { Reading } from './payload/reading.ts'
import type { Settings } from './settings.ts'
import type { Sink } from './sinks/sink.ts'
import type { Source } from './sources/source.ts'

/** `collect()`'s settings, and the parts to put it together from. */
export interface Options extends Partial<Settings> {
  /** What is observed. */
  sources: Source<Reading>[]
  /** Where payloads go. */
  sinks: Sink[]
  page: Page
  /** Where the client came from, the default of `endpoint`. */
  source?: string | undefined
  /** How `?debug` in the address shows the steps. Default `printLines`; `consoleLog` prints groups. */
  print?: (page: Page) => (step$: Observable<Step>) => Observable<unknown>
}

/** A running collector. */
export interface Collector {
  /** Names the view until a route to another path; an empty text goes back to the path. */
  setViewId(viewId: string): void
  /** Adds labels to every payload from now on: `'name=value'`, or several, in a list or with commas. */
  addToLabels(...labels: (string | string[])[]): void
  /** Records an event of the page's own, with anything that has a JSON form as its context. */
  addEvent(name: string, context?: unknown): void
  /**
   * Records an error that the page has caught, as if nobody had, with anything that has a JSON form as its context. The error
   * may be any value. `trackErrors` does not count.
   */
  addError(error: unknown, context?: unknown): void
  /** The visitor's answer if `consent` is `pending`: `false`, at any time, forgets everything and stops. */
  consent(isGranted: boolean): void
  /** Each step of the client's life as a plain object; a late subscriber gets the recent ones first. */
  debug$: Steps
  /** Sends what is pending and undoes everything: listeners, observers, patches, timers. */
  stop(): void
  /** Calls the setting of that name, or another one; what it throws is reported. */
  onReady(crum: unknown, ready?: Settings['onReady']): void
}
