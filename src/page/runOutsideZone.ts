import type { Page } from './page.ts'

/**
 * Runs `action` outside Angular's zone, if there is one: a timer or listener that is taken inside runs Angular's change
 * detection each time. The page calls its console, its history and our functions inside the zone. The zone is looked up
 * at each call, because zone.js may load after us.
 */
export const runOutsideZone = <T>(page: Page, action: () => T): T => {
  const { Zone } = page as { Zone?: { root?: { run?<T>(action: () => T): T } } }
  // a page may have a `Zone` of its own
  return Zone?.root?.run ? Zone.root.run(action) : action()
}
