import { defer, filter, map, type Observable } from 'rxjs'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'
import { native } from '../payload/native.ts'
import type { Action } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'
import { toJson } from '../payload/toJson.ts'

/**
 * Each click by a person on, or inside, an element with `crum-action`, by mouse, finger, pen or keyboard, in open shadow
 * roots too. Not those of scripts.
 */
export const actions = (page: Page): Observable<Action> =>
  markedClicks(page).pipe(map(({ isUrgent, ...action }) => action))

/**
 * The same clicks, and whether the element also has `crum-send`: such a click does not wait for the end of the sample.
 * Listens first of all, on the window: the page may stop the event, or change the element.
 */
export const markedClicks = (page: Page): Observable<Action & { isUrgent: boolean }> =>
  defer(() => {
    let last: Place | undefined
    return events<PointerEvent>(page, 'click', { capture: true }).pipe(
      filter(({ isTrusted }) => isTrusted),
      map((event) => {
        const path = event.composedPath() as Element[]
        const marked = path.find((element) => native(element, 'hasAttribute')?.call(element, 'crum-action')) as Element
        return { event, path, marked }
      }),
      filter(({ event, path, marked }) => {
        if (!marked || (last && isOneClick(last, event, path[0]))) return false
        last = placeOf(event, path)
        return true
      }),
      map(({ event, path: [target], marked }) => ({
        ...click(event),
        target: (target && native(target, 'localName')) ?? '',
        name: toJson(native(marked, 'getAttribute').call(marked, 'crum-action')) as string,
        isUrgent: native(marked, 'hasAttribute').call(marked, 'crum-send'),
      })),
    )
  })

const click = pick<Action>('pointerType', 'type', 'timeStamp')

/** Where and when a click was, and the field of a label that was hit. */
type Place = Pick<PointerEvent, 'timeStamp' | 'screenX' | 'screenY'> & { field: unknown }

const placeOf = ({ timeStamp, screenX, screenY }: PointerEvent, path: Element[]): Place => ({
  ...{ timeStamp, screenX, screenY },
  field: (path as HTMLLabelElement[]).find(({ control }) => control)?.control,
})

/** The browser follows a click on a label by one on its field: at the same time, in Firefox only at the same place. */
const isOneClick = (last: Place, { timeStamp, screenX, screenY }: PointerEvent, target?: Element) =>
  last.field === target && (last.timeStamp === timeStamp || (last.screenX === screenX && last.screenY === screenY))
