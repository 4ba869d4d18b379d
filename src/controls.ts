import { asyncScheduler, BehaviorSubject, Subject, takeUntil } from 'rxjs'
import type { Collector } from './collector.ts'
import { elapsed } from './page/elapsed.ts'
import { fromPage } from './page/fromPage.ts'
import type { Page } from './page/page.ts'
import { handledError } from './page/pageError.ts'
import { labels } from './payload/labels.ts'
import { messageOf } from './payload/messageOf.ts'
import { native } from './payload/native.ts'
import type { PageError, PageEvent } from './payload/payload.ts'
import { tenths } from './payload/rounding.ts'
import { shown } from './payload/shown.ts'
import { toJson } from './payload/toJson.ts'
import type { Settings } from './settings.ts'
import { viewName } from './viewName.ts'

/** What the functions do beside making streams. */
interface Means {
  /** Reports the failure of a part, in the console as well. */
  fail: (part: string, message: string) => void
  /** Removes what was stored. */
  forget: () => void
}

/**
 * What the owner says to a collector: the functions that take it, and the streams that it becomes. No function throws into
 * the page, and none runs inside Angular's zone.
 */
export const controls = (page: Page, config: Settings, { fail, forget }: Means) => {
  const { set: setName, viewId$, unnaming$ } = viewName(page, config.viewId)
  const labels$ = new BehaviorSubject(labels(config.labels))
  const event$ = new Subject<PageEvent>()
  const error$ = new Subject<PageError>()
  const consent$ = new BehaviorSubject(config.consent === 'granted')
  const refused$ = new Subject<void>()
  const stop$ = new Subject<void>()
  // what is stopped in the task in which it began (React's StrictMode does so) has nothing to tell that the next will not
  let hasJustBegun = true
  asyncScheduler.schedule(() => {
    hasJustBegun = false
  })

  const safely = <Args extends unknown[]>(part: string, action: (...args: Args) => void) => {
    const run = fromPage(page)
    return (...args: Args) =>
      run(() => {
        try {
          action(...args)
        } catch (error) {
          fail(part, messageOf(error))
        }
      })
  }

  const unheard$ = new Subject<void>()
  const report = <T>(value$: Subject<T>, value: T) => {
    if (!value$.observed && native(page.document, 'visibilityState') === 'hidden') unheard$.next()
    value$.next(value)
  }

  const functions: Omit<Collector, 'debug$'> = {
    setViewId: safely('setViewId', (viewId: unknown = '') => setName(wordOf('view id', viewId ?? ''))),
    addToLabels: safely('addToLabels', (...more) =>
      labels$.next(labels([...labels$.value, ...more.flat().map((label) => wordOf('label', label))])),
    ),
    addEvent: safely('addEvent', (name: string, context: unknown = {}) => {
      if (typeof name !== 'string' || !name || name === 'timeStamp')
        throw `name is ${shown(name)}, expected a text other than "timeStamp"`
      hasJustBegun = false
      report(event$, { [toJson(name) as string]: toJson(context), timeStamp: tenths(elapsed(page)) })
    }),
    addError: safely('addError', (error, context) => {
      hasJustBegun = false
      report(error$, handledError(page, error, context))
    }),
    consent: safely('consent', (isGranted) => {
      if (isGranted === true) return consent$.next(true)
      if (isGranted !== false) throw `it is ${shown(isGranted)}, expected true or false`
      refused$.next()
      forget()
    }),
    stop: safely('stop', () => (hasJustBegun ? refused$ : stop$).next()),
    onReady: safely('onReady', (crum: unknown, ready: unknown = config.onReady) => {
      if (typeof ready !== 'function') throw `it is ${shown(ready)}, expected a function`
      ready(crum)
    }),
  }
  return {
    functions,
    safely,
    said: { viewId$, labels$, event$, error$ },
    /** Something is about to be reported that nobody hears, in a page that is hidden. */
    unheard$,
    unnaming$: unnaming$.pipe(takeUntil(stop$)),
    consent$,
    refused$,
    stop$,
  }
}

/** A text, or what can stand for one; anything else is a mistake, such as a name that is not known yet. */
const wordOf = (what: string, value: unknown): string => {
  if (/^(string|number|bigint|boolean)$/.test(typeof value)) return `${value}`
  throw `${what} is ${shown(value)}, expected a text`
}
