import { defer, map, type Observable } from 'rxjs'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'
import type { Connection } from '../payload/payload.ts'

type ConnectionNavigator = Navigator & { connection?: EventTarget & Connection }

/** The browser's estimate of the connection: now, and at each change. `null`, once, outside Chromium. */
export const connection = (page: Page): Observable<{ connection: Connection | null }> => {
  const { connection } = page.navigator as ConnectionNavigator
  // Firefox for Android had one with nothing but a `type`
  if (!connection?.effectiveType) return defer(() => [{ connection: null }])
  return events(connection, 'change', { now: true }).pipe(
    map(() => {
      const { effectiveType, rtt, downlink, saveData } = connection
      return { connection: { effectiveType, rtt, downlink, saveData } }
    }),
  )
}
