import { EMPTY, filter, type Observable } from 'rxjs'
import { events } from './events.ts'
import { navigationApi } from './navigationApi.ts'
import type { Page } from './page.ts'

interface NavigateEvent extends Event {
  destination: { sameDocument: boolean }
  downloadRequest: string | null
}

/**
 * Emits when the page itself begins to go to another document, by a link, a form or a script; it may yet stay. Firefox
 * decides then, before `pagehide`, whether the page may go into its back/forward cache. Empty without the Navigation API.
 */
export const navigationBegins = (page: Page): Observable<Event> => {
  const navigation = navigationApi(page)
  if (!navigation) return EMPTY
  return events<NavigateEvent>(navigation, 'navigate').pipe(
    filter(({ destination, downloadRequest }) => !destination.sameDocument && downloadRequest === null),
  )
}
