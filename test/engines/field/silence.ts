import { setTimeout as wait } from 'node:timers/promises'
import type { Site } from '../../browser/harness/site.ts'

/**
 * Resolves when nothing was asked for 1.5 s on end: a loop is never silent, a page that settles down is in the end. On a
 * busy machine answers come late, and the time for possible echoes doubles several times.
 */
export async function silence(at: Site): Promise<void> {
  let asked = -1
  for (const end = performance.now() + 60_000; asked < at.requests.length; await wait(1500)) {
    asked = at.requests.length
    if (performance.now() > end)
      throw new Error(`an idle page was expected to fall silent, and has made ${asked} requests`)
  }
}
