import { filter, map, type Observable } from 'rxjs'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'
import type { Action } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'
import { toJson } from '../payload/toJson.ts'

/** Each click on, or inside, an element with `crum-action`, by mouse, finger or keyboard, in open shadow roots too. */
export const actions = (page: Page): Observable<Action> =>
  markedClicks(page).pipe(map(({ isUrgent, ...action }) => action))

/**
 * The same clicks, and whether the element also has `crum-send`: such a click does not wait for the end of the sample.
 * Listens first of all, on the window: the page may stop the event, or change the element.
 */
export const markedClicks = (page: Page): Observable<Action & { isUrgent: boolean }> =>
  events<PointerEvent>(page, 'click', { capture: true }).pipe(
    map((event) => {
      const path = event.composedPath() as Element[]
      return { event, path, marked: path.find((element) => element.hasAttribute?.('crum-action')) as Element }
    }),
    filter(({ marked }) => marked !== undefined),
    map(({ event, path, marked }) => ({
      ...click(event),
      target: path[0]?.localName ?? '',
      name: toJson(marked.getAttribute('crum-action')) as string,
      isUrgent: marked.hasAttribute('crum-send'),
    })),
  )

const click = pick<Action>('pointerType', 'type', 'timeStamp')
