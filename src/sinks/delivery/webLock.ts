import { Observable } from 'rxjs'
import { AbortController } from '../../page/natives.ts'
import type { Page } from '../../page/page.ts'

/**
 * Holds a Web Lock of this origin while it is subscribed to, and emits once it has it; with `ifAvailable`, completes
 * where somebody else has. Where there are no locks (insecure contexts) it emits at once.
 */
export const webLock = ({ navigator }: Page, name: string, ifAvailable = false): Observable<unknown> =>
  new Observable((lock$) => {
    const held = (lock: Lock | null) => {
      if (!lock) return lock$.complete()
      return new Promise<void>((release) => {
        // at once where nobody waits for it any more
        lock$.add(release)
        lock$.next(0)
      })
    }
    // a request that waits is not to be left behind
    const controller = new AbortController()
    lock$.add(() => controller.abort())
    // a sandboxed page has locks, and may not use them
    const refused = () => lock$.complete()
    try {
      // a page may have replaced what gets them by what throws
      const { locks } = navigator
      if (!locks) return lock$.next(0)
      const ask = () => locks.request(name, ifAvailable ? { ifAvailable } : { signal: controller.signal }, held)
      // a request that is refused keeps a page of Firefox out of the back/forward cache: none for what is held
      const asked = ifAvailable
        ? locks.query().then(({ held }) => (held?.some((lock) => lock.name === name) ? lock$.complete() : ask()))
        : ask()
      asked.catch(refused)
    } catch {
      refused()
    }
  })
