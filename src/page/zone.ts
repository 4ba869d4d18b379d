import type { Page } from './page.ts'

/**
 * Runs `action` outside Angular's zone, where there is one: a timer or listener taken inside would run its change
 * detection each time. What the page calls (its console, its history, our functions) is called inside. Asked at every
 * call, as zone.js may load after us.
 */
export const runOutsideZone = <T>(page: Page, action: () => T): T => {
  const { Zone } = page as { Zone?: { root?: { run<T>(action: () => T): T } } }
  return Zone?.root ? Zone.root.run(action) : action()
}
