import { connect, defer, exhaustMap, filter, ignoreElements, map, type Observable, tap, timer } from 'rxjs'
import { events } from '../page/events.ts'
import type { Page } from '../page/page.ts'
import { readEach } from '../page/readEach.ts'
import { attribute, native } from '../payload/native.ts'
import type { Action } from '../payload/payload.ts'
import { pick } from '../payload/pick.ts'
import { toJson } from '../payload/toJson.ts'
import { tryOr } from '../payload/tryOr.ts'
import { merge } from '../rx/merge.ts'

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
export const markedClicks = (page: Page): Observable<MarkedClick> =>
  defer(() => {
    let last: Click | undefined
    const scripted: ScriptedClick[] = []
    const forget = () => {
      last = undefined
      scripted.length = 0
    }
    const markedClickOf = (event: PointerEvent): MarkedClick | undefined => {
      if (event.type !== 'click') return pressed(event)
      return event.isTrusted ? clicked(event) : scriptClicked(event)
    }
    // the next click is another one
    const pressed = ({ isTrusted }: PointerEvent): undefined => {
      if (isTrusted) last = undefined
    }
    const scriptClicked = (event: PointerEvent): undefined => {
      // a page may click on a thousand checkboxes at once; the first click may have led to all others
      if (scripted.length === mostScripted) scripted.splice(1, 1)
      scripted.push({ event, nodes: event.composedPath() })
    }
    const isOfScript = (click: Click) => {
      // a script may also click on the field of the label that a person has clicked on
      const isForwarded = !!last?.field && last.field === click.target
      return !isForwarded && scripted.some((one) => isFollowing(one, click))
    }
    const clicked = (event: PointerEvent): MarkedClick | undefined => {
      const path = elementsOf(event.composedPath())
      const click = clickOf(event, path)
      if (isOfScript(click)) return undefined
      const before = last && isOneClick(last, click) ? last : undefined
      const action = actionOf(event, path)
      const isUrgent = !!marked(path, 'crum-send')
      last = { ...click, isTold: !!action, isUrgent }
      if (action && !before?.isTold) return { action, isUrgent: isUrgent || !!before?.isUrgent }
      return isUrgent && !before?.isUrgent ? { isUrgent } : undefined
    }
    return events<PointerEvent>(page, ['pointerdown', 'click'], { capture: true, untrusted: true }).pipe(
      connect((event$) =>
        merge(
          event$.pipe(readEach(markedClickOf)),
          // what belongs to one click follows in the same task, and no element is held for longer
          event$.pipe(
            filter(() => !!(last || scripted[0])),
            exhaustMap(() => timer(0).pipe(tap(forget), ignoreElements())),
          ),
        ),
      ),
    )
  })

/** What is told of a click on, or inside, an element with one of the marks. */
interface MarkedClick {
  action?: Action
  isUrgent: boolean
}

/** The document and the window may have elements in the place of what they lack. */
const elementsOf = (nodes: EventTarget[]) => (nodes as Element[]).filter((node) => native(node, 'nodeType') === 1)

const marked = (path: Element[], name: string) => path.find((element) => attribute(element, name) !== null)

const actionOf = (event: PointerEvent, path: Element[]): Action | undefined => {
  const element = marked(path, 'crum-action')
  if (!element) return undefined
  return {
    ...partsOf(event),
    target: native(path[0] as Element, 'localName'),
    name: toJson(attribute(element, 'crum-action')) as string,
  }
}

const partsOf = pick<Action>('pointerType', 'type', 'timeStamp')

/** Where and when a click was, the field of a label that was hit, and what was made of it. */
type Click = ReturnType<typeof clickOf> & { isTold?: boolean; isUrgent?: boolean }

const clickOf = ({ timeStamp, detail, screenX, screenY }: PointerEvent, path: Element[]) => {
  const field = path.map(fieldOf).find(Boolean)
  // no other click follows one on the field itself
  return {
    timeStamp,
    detail,
    screenX,
    screenY,
    target: path[0],
    field: field && !path.includes(field) ? field : undefined,
  }
}

const fieldOf = (element: Element) =>
  native(element, 'localName') === 'label' && native(element as HTMLLabelElement, 'control')

/**
 * The browser follows a click on a label by one on its field, without another press: at the same time, in Firefox only at the
 * same place. Both are on the same element where they are in a closed shadow root.
 */
const isOneClick = (last: Click, { timeStamp, detail, screenX, screenY, target }: Click) =>
  last.timeStamp === timeStamp ||
  (last.screenX === screenX &&
    last.screenY === screenY &&
    // a key, and what stands in for one, clicks at no place
    (last.field === target || (detail > 0 && last.detail === detail && last.target === target)))

/** So many clicks of scripts are kept until their task ends: the handler of one may click on the next. */
const mostScripted = 10

/** A click by a script. Its path is copied at once, as it is empty later, and looked at only if one by a person follows. */
interface ScriptedClick {
  event: PointerEvent
  nodes: EventTarget[]
}

/**
 * A label that a script clicks on has WebKit click on its field, at the same time, as if a person did; the button of a mouse is
 * not told of. The clocks of Firefox and WebKit are coarse: a person may click at the same time on something else. A click by a
 * script that can't be read is followed by none.
 */
const isFollowing = ({ event, nodes }: ScriptedClick, { timeStamp, detail, target }: Click) =>
  tryOr(() => {
    if (detail !== 0 || event.timeStamp !== timeStamp) return false
    const scripted = clickOf(event, elementsOf(nodes))
    return (scripted.field ?? scripted.target) === target
  }, false)
