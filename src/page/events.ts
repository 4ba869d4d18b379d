import { Observable } from 'rxjs'
import { native } from '../payload/native.ts'

/** How events are listened to. */
interface EventOptions {
  /** In the capture phase. */
  capture?: boolean
  /** Emits once at the subscription as well: for what has a state, and events that announce a change. */
  now?: boolean
}

/**
 * The events of these types on one target, from subscription on. The listeners are passive: the client cancels nothing.
 * (RxJS's `fromEvent` takes one type. The sources listen to some thirty, and each subscription costs the page.)
 */
export const events = <E extends Event>(
  target: EventTarget,
  types: string | string[],
  { capture = false, now = false }: EventOptions = {},
): Observable<E> =>
  new Observable((event$) => {
    const next = (event?: Event) => event$.next(event as E)
    const add = native(target, 'addEventListener')
    for (const type of [types].flat()) add.call(target, type, next, { capture, passive: true })
    if (now) next()
    return () => {
      const remove = native(target, 'removeEventListener')
      for (const type of [types].flat()) remove.call(target, type, next, capture)
    }
  })
