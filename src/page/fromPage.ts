import { asyncScheduler, noop } from 'rxjs'
import type { Page } from './page.ts'
import { runOutsideZone } from './runOutsideZone.ts'

/** As arguments of one call so many values take 8 bytes each of the stack. */
const ballast = (values: number): unknown[] => new Array(values).fill(0)

/** More than the client needs. */
const enough = ballast(2500)

/** The same where its functions may still have to be compiled: V8 asks for 40 kB then. */
const enoughAtFirst = 8000

/**
 * Runs what calls from the page's own code ask for: outside Angular's zone, and soon instead of now where the stack is nearly full.
 * A page may catch and log the error of an endless recursion at its very bottom; another one in the midst of RxJS would end
 * a stream for good.
 */
export const fromPage = (page: Page): ((action: () => void) => void) => {
  let isWarm = false
  return (action) => {
    if (isRoom(isWarm ? enough : ballast(enoughAtFirst))) {
      runOutsideZone(page, action)
      isWarm = true
      return
    }
    // where even this is too much it throws, as any call does there: the page is a few calls higher when it tries again
    asyncScheduler.schedule(() => runOutsideZone(page, action))
  }
}

const isRoom = (values: unknown[]) => {
  try {
    Reflect.apply(noop, undefined, values)
    return true
  } catch {
    return false
  }
}
