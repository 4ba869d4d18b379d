import { filter, map, type Observable } from 'rxjs'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'
import type { Action } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'
import { toJson } from '../payload/toJson.ts'

/** Each click on, or inside, an element with `crum-action`, by mouse, finger or keyboard, in open shadow roots too. */
export const actions = (page: Page): Observable<Action> =>
  clicks(page).pipe(
    map(({ event, path, marked }) => ({
      ...click(event),
      target: path[0]?.localName ?? '',
      name: toJson(marked.getAttribute('crum-action')) as string,
    })),
  )

/** Emits when such an element also has `crum-send`: its click is not to wait for the end of the sample. */
export const sends = (page: Page): Observable<unknown> =>
  clicks(page).pipe(filter(({ marked }) => marked.hasAttribute('crum-send')))

const click = pick<Action>('pointerType', 'type', 'timeStamp')

/** Heard first of all, on the window: the page may stop the event, or change the element. */
const clicks = (page: Page) =>
  events<PointerEvent>(page, 'click', true).pipe(
    map((event) => {
      const path = event.composedPath() as Element[]
      return { event, path, marked: path.find((element) => element.hasAttribute?.('crum-action')) as Element }
    }),
    filter(({ marked }) => marked !== undefined),
  )
