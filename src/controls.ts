import { asyncScheduler, BehaviorSubject, Subject } from 'rxjs'
import type { Collector } from './collector.ts'
import { elapsed } from './page/elapsed.ts'
import type { Page } from './page/page.ts'
import { runOutsideZone } from './page/runOutsideZone.ts'
import { labels } from './payload/labels.ts'
import { messageOf } from './payload/messageOf.ts'
import type { PageEvent } from './payload/payload.ts'
import { tenths } from './payload/rounding.ts'
import { toJson } from './payload/toJson.ts'
import type { Settings } from './settings.ts'

/** Reports the failure of a part, in the console as well. */
type Fail = (part: string, message: string) => void

/**
 * What the owner says to a collector: the functions that take it, and the streams that it becomes. No function throws into
 * the page, and none runs inside Angular's zone.
 */
export const controls = (page: Page, config: Settings, fail: Fail, forget: () => void) => {
  const viewId$ = new BehaviorSubject(config.viewId)
  const labels$ = new BehaviorSubject(labels(config.labels))
  const event$ = new Subject<PageEvent>()
  const consent$ = new BehaviorSubject(config.consent === 'granted')
  const refused$ = new Subject<void>()
  const stop$ = new Subject<void>()
  // what is stopped in the task in which it began (React's StrictMode does so) has nothing to tell that the next will not
  let isUnheard = true
  asyncScheduler.schedule(() => {
    isUnheard = false
  })

  const safely =
    <Args extends unknown[]>(part: string, action: (...args: Args) => void) =>
    (...args: Args) =>
      runOutsideZone(page, () => {
        try {
          action(...args)
        } catch (error) {
          fail(part, messageOf(error))
        }
      })

  const functions: Omit<Collector, 'debug$'> = {
    setViewId: safely('setViewId', (viewId) => viewId$.next(`${viewId ?? ''}`)),
    addToLabels: safely('addToLabels', (more) => labels$.next(labels([...labels$.value, `${more}`]))),
    addEvent: safely('addEvent', (name: string, context: unknown = {}) => {
      if (typeof name === 'string' && name && name !== 'timeStamp') {
        isUnheard = false
        event$.next({ [toJson(name) as string]: toJson(context), timeStamp: tenths(elapsed(page)) })
      } else fail('addEvent', `name is ${toJson(name)}, expected a text`)
    }),
    consent: safely('consent', (isGranted) => {
      if (isGranted) return consent$.next(true)
      refused$.next()
      forget()
    }),
    stop: safely('stop', () => (isUnheard ? refused$ : stop$).next()),
    onReady: safely('onReady', config.onReady),
  }
  return { functions, safely, said: { viewId$, labels$, event$ }, consent$, refused$, stop$ }
}
