import type { Observable } from 'rxjs'
import type { Page } from '../page/page.ts'
import type { Timeline } from '../page/timeline.ts'
import type { PageError, PageEvent } from '../payload/payload.ts'
import type { Reading } from '../payload/reading.ts'
import type { Settings } from '../settings.ts'

/**
 * Reads one Web API of the page and emits its values. A source of the default table knows no payload fields; one that
 * `collect()` takes emits readings, which name theirs. Without options, a source emits each value as it comes.
 */
export type Source<T> = (page: Page, options?: SourceOptions) => Observable<T>

/** What a source can be told. `collect()` gives all of it, the settings included. */
export interface SourceOptions extends Partial<Settings> {
  /** When the view began, ms from the navigation start. A source must not report again what ended before. Default 0. */
  since?: number
  /** When the visitor asked for a page that came back from the back/forward cache, ms from the navigation start; 0 for others. */
  restoredAt?: number
  /** The performance entries of the page. Default: a timeline of the source's own. */
  timeline?: Timeline
  /** Emits at the start, and at the end of each sample: how many readings it had. */
  loop$?: Observable<unknown>
  /** Emits once, when the page is idle after its start. Default: at once. */
  calm$?: Observable<unknown>
  /** The name that the owner gave the view, `''` for none: now and at each change. */
  viewId$?: Observable<string>
  /** Whether something of the current route has left, so that a name comes too late for it. Default: nothing has. */
  hasLeft?: () => boolean
  /** The owner's labels, now and at each change. */
  labels$?: Observable<string[]>
  /** What the owner records with `addEvent()`. */
  event$?: Observable<PageEvent>
  /** What the owner reports with `addError()`. */
  error$?: Observable<PageError>
}

/** A source under the name by which `debug$` and `status()` report of it. */
export const named = (name: string, source: Source<Reading>): Source<Reading> =>
  ({ [name]: (...given: Parameters<Source<Reading>>) => source(...given) })[name] as Source<Reading>
