import { map, type Observable, of, startWith } from 'rxjs'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'
import type { Connection } from '../payload/payload.ts'

type ConnectionNavigator = Navigator & { connection?: EventTarget & Connection }

/** What the browser estimates of the connection: now, and at each change. `null`, once, outside Chromium. */
export const connection = (page: Page): Observable<{ connection: Connection | null }> => {
  const { connection } = page.navigator as ConnectionNavigator
  // Firefox for Android had one that knew no more than its `type`
  if (!connection?.effectiveType) return of({ connection: null })
  return events(connection, 'change').pipe(
    startWith(0),
    map(() => {
      const { effectiveType, rtt, downlink, saveData } = connection
      return { connection: { effectiveType, rtt, downlink, saveData } }
    }),
  )
}
