import { Observable } from 'rxjs'
import { native } from '../payload/native.ts'
import { whenReopened } from './reopened.ts'

/** How events are listened to. */
interface EventOptions {
  /** In the capture phase. */
  capture?: boolean
  /** Emits once at the subscription as well: for what has a state, and events that announce a change. */
  now?: boolean
  /** Those that scripts dispatch, too. They tell nothing of the browser: a page that dispatches a `pagehide` goes on. */
  untrusted?: boolean
}

/**
 * The browser's events of these types on one target, from subscription on, also in a document that is written anew. The
 * listeners are passive: the client cancels nothing.
 * (RxJS's `fromEvent` takes one type. The sources listen to some thirty, and each subscription costs the page.)
 */
export const events = <E extends Event>(
  target: EventTarget,
  types: string | string[],
  { capture = false, now = false, untrusted = false }: EventOptions = {},
): Observable<E> =>
  new Observable((event$) => {
    const next = (event?: Event) => {
      if (untrusted || event?.isTrusted !== false) event$.next(event as E)
    }
    const listen = () => {
      const add = native(target, 'addEventListener')
      for (const type of [types].flat()) add.call(target, type, next, { capture, passive: true })
    }
    listen()
    // what is there already is not added twice
    const stop = whenReopened(target, listen)
    if (now) next()
    return () => {
      stop()
      const remove = native(target, 'removeEventListener')
      for (const type of [types].flat()) remove.call(target, type, next, capture)
    }
  })
