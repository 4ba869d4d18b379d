import type { MonoTypeOperatorFunction } from 'rxjs'
import { during } from './rx/during.ts'

/**
 * Knows while the client is at work, which includes the functions that the page's owner gave it and those of the page that it
 * calls: what they cause meanwhile is not the page's doing, and must not be collected. Else a `beforeSend` that logs makes a
 * beacon of each beacon.
 */
export const ownWork = () => {
  let depth = 0
  const begin = () => {
    depth++
  }
  const end = () => {
    depth = Math.max(0, depth - 1)
  }
  return {
    isAtWork: () => depth > 0,
    /** Nothing is at work. Firefox may have ended a script in the midst of its work, as it does when a page is left. */
    rest: () => {
      depth = 0
    },
    /** Does this as the client's own work. */
    quietly: <T>(action: () => T): T => {
      begin()
      try {
        return action()
      } finally {
        end()
      }
    },
    /** Does this as the page's own doing, in the midst of the client's work. */
    aloud: (action: () => void): void => {
      const before = depth
      depth = 0
      try {
        action()
      } finally {
        depth = before
      }
    },
    /** Passes values on; all that is done with them in the same breath is the client's own work. */
    inQuiet: <T>(): MonoTypeOperatorFunction<T> => during(begin, end),
  }
}
