import type { BehaviorSubject, Observable } from 'rxjs'
import type { Page } from '../page/page.ts'
import type { PageEvent } from '../payload/payload.ts'
import type { Settings } from '../settings.ts'

/**
 * Reads one Web API of the page. `since` is when the view began, ms from the navigation start: 0, but for one that
 * began later, which must not tell again what came before. One of the table in `src/index.ts`
 * knows nothing of payload fields; one that `collect()` takes tells readings, which name theirs.
 */
export type Source<T> = (page: Page, since: number, settings: Settings, calls: Calls) => Observable<T>

/** What the page's owner says through the functions of `CRUM`, and the collector's own pace. */
export interface Calls {
  viewId$: BehaviorSubject<string>
  labels$: BehaviorSubject<string[]>
  event$: Observable<PageEvent>
  /** Ticks at the end of each sample. */
  loop$: Observable<unknown>
}
