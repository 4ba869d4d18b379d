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
  markedClicks(page).pipe(
    map(({ action }) => action),
    filter((action) => action !== undefined),
  )

/**
 * The same clicks, and those on, or inside, an element with `crum-send`, which do not wait for the end of the sample: `isUrgent`.
 * Listens first of all, on the window: the page may stop the event, or change the element.
 */
export const markedClicks = (page: Page): Observable<{ action?: Action; isUrgent: boolean }> =>
  defer(() => {
    let last: Click | undefined
    return events<PointerEvent>(page, 'click', { capture: true }).pipe(
      filter(({ isTrusted }) => isTrusted),
      map((event) => {
        const path = event.composedPath() as Element[]
        const [target] = path
        const withMark = (name: string) => path.find((element) => native(element, 'hasAttribute')?.call(element, name))
        const marked = withMark('crum-action')
        const before = last && isOneClick(last, event, target) ? last : undefined
        const isUrgent = !!withMark('crum-send')
        last = { ...placeOf(event, path), isTold: !!marked, isUrgent }
        if (!marked || before?.isTold) return { isUrgent: isUrgent && !before?.isUrgent }
        const action = {
          ...click(event),
          target: (target && native(target, 'localName')) ?? '',
          name: toJson(native(marked, 'getAttribute').call(marked, 'crum-action')) as string,
        }
        return { action, isUrgent: isUrgent || !!before?.isUrgent }
      }),
      filter(({ action, isUrgent }) => !!action || isUrgent),
    )
  })

const click = pick<Action>('pointerType', 'type', 'timeStamp')

/** Where and when a click was, the field of a label that was hit, and what was made of it. */
type Click = ReturnType<typeof placeOf> & { isTold: boolean; isUrgent: boolean }

const placeOf = ({ timeStamp, screenX, screenY }: PointerEvent, path: Element[]) => {
  const field: Element | null | undefined = (path as HTMLLabelElement[]).find(({ control }) => control)?.control
  // no other click follows one on the field itself
  return { timeStamp, screenX, screenY, field: field && !path.includes(field) ? field : undefined }
}

/** The browser follows a click on a label by one on its field: at the same time, in Firefox only at the same place. */
const isOneClick = (last: Click, { timeStamp, screenX, screenY }: PointerEvent, target = {} as Element) =>
  last.field === target && (last.timeStamp === timeStamp || (last.screenX === screenX && last.screenY === screenY))
