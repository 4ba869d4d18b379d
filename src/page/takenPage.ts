import { tryOr } from '../payload/tryOr.ts'
import type { Page } from './page.ts'

type Name = keyof Page & string

/** What a page can't take away from under a script: it stands for itself, and is looked at when it is needed. */
const live = (page: Page & { Zone?: unknown }) => ({
  get Zone() {
    return page.Zone
  },
  get document() {
    return page.document
  },
  get indexedDB() {
    return page.indexedDB
  },
  get localStorage() {
    return page.localStorage
  },
  get location() {
    return page.location
  },
})

/** Objects and classes of the window that the client reads. */
const objects =
  'CompressionStream History IDBKeyRange PerformanceObserver console crossOriginIsolated crypto history navigation navigator performance'

/** Functions of the window that it calls. */
const methods =
  'addEventListener cancelAnimationFrame cancelIdleCallback fetch fetchLater removeEventListener requestAnimationFrame requestIdleCallback'

/** The globals that the client reads of a page. */
export const globals = [...Object.keys(live({} as Page)), ...`${objects} ${methods}`.split(' ')].sort()

/**
 * The page as it is now, with no more than the client reads of it. What the page puts in the place of its globals later does
 * not matter to the client. What throws is not there; a console that is not there has no functions.
 */
export const takenPage = (page: Page): Page => {
  const taken: Record<string, unknown> = live(page)
  const read = (name: string): unknown => tryOr(() => page[name as Name], undefined)
  for (const name of objects.split(' ')) {
    const value = read(name)
    if (value !== undefined) taken[name] = value
  }
  for (const name of methods.split(' ')) {
    const method = read(name)
    // an element may have the name of a function that the browser lacks
    if (typeof method === 'function') taken[name] = method.bind(page)
  }
  taken.console ??= {}
  return taken as unknown as Page
}
