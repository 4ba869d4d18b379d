import { EMPTY, exhaustMap, Observable, Subject, type Subscription } from 'rxjs'
import { events } from './events.ts'
import type { Page } from './page.ts'
import { tryOr } from './tryOr.ts'

/** How a type of entry is observed. */
export interface EntryOptions {
  /** Entries that ended before this are left out, ms from the navigation start: a restart must not replay the timeline. */
  since?: number | undefined
  /** Shortest `event` entry, ms. https://w3c.github.io/event-timing/ */
  durationThreshold?: number
  /** Emits when the page is hidden or left even if nothing is queued: an empty list. */
  andLeaving?: boolean
  /** Emits as soon as the browser hands entries over: what they refer to may vanish. */
  atOnce?: boolean
}

/** The performance entries of a page. */
export interface Timeline {
  /**
   * The entries of these types, in lists, those from before the subscription included. When the page is hidden or left,
   * what the browser has queued comes at once. Empty if the browser supports none of the types.
   */
  <E extends PerformanceEntry>(types: string[], options?: EntryOptions): Observable<E[]>
  /** Hands over at once what waits, and what the browser has queued. */
  flush(): void
}

/** A subscriber, and what it wants. */
interface Listener {
  types: string[]
  since: number
  andLeaving: boolean | undefined
  atOnce: boolean | undefined
  next: (entries: PerformanceEntry[]) => void
}

/** Asks each entry for its type once, however many listen: most lists have entries of one type, that few want. */
const wantedFrom = (entries: PerformanceEntry[]) => {
  const typesOf = entries.map(({ entryType }) => entryType)
  const all = new Set(typesOf)
  return ({ types, since }: Listener): PerformanceEntry[] =>
    types.some((type) => all.has(type))
      ? entries.filter((entry, at) => types.includes(typesOf[at] as string) && endOf(entry) >= since)
      : []
}

/**
 * The timeline of a page. All that subscribe to it share one PerformanceObserver, which is there while somebody does. With
 * a `moment$`, entries that somebody wants, and not `atOnce`, are handed over together when it emits, which is subscribed to
 * when the first of them comes: a page that loads has a list every few milliseconds.
 */
export const timelineOf = (page: Page, moment$?: Observable<unknown>): Timeline => {
  const listeners = new Set<Listener>()
  const observed = new Set<string>()
  const waiting$ = new Subject<void>()
  const waiting: PerformanceEntry[] = []
  /** What came in this task. WebKit hands over at once what it has, and those who ask next in the same task want it too. */
  const early: PerformanceEntry[] = []
  let observer: PerformanceObserver
  let clock: Subscription
  let left: Subscription

  const hand = (entries: PerformanceEntry[], isAtOnce: boolean, isLeaving = false) => {
    const wantedBy = wantedFrom(entries)
    for (const listener of listeners) {
      if (!!listener.atOnce !== isAtOnce) continue
      const wanted = wantedBy(listener)
      if (wanted[0] || (isLeaving && listener.andLeaving)) listener.next(wanted)
    }
  }
  const take = (entries: PerformanceEntry[], isLeaving?: boolean) => {
    hand(entries, true, isLeaving)
    const mayWait = new Set([...listeners].flatMap(({ types, atOnce }) => (atOnce ? [] : types)))
    waiting.push(...entries.filter(({ entryType }) => mayWait.has(entryType)))
  }
  const handWaiting = (isLeaving?: boolean) => hand(waiting.splice(0), false, isLeaving)
  const flush = (isLeaving?: boolean) => {
    take(observer.takeRecords().filter(isReadable), isLeaving)
    handWaiting(isLeaving)
  }

  const start = () => {
    observer = new page.PerformanceObserver((list) => {
      const entries = list.getEntries().filter(isReadable)
      take(entries)
      early.push(...entries)
      Promise.resolve().then(() => early.splice(0))
      if (!waiting[0]) return
      moment$ ? waiting$.next() : handWaiting()
    })
    clock = waiting$.pipe(exhaustMap(() => moment$ ?? EMPTY)).subscribe(() => handWaiting())
    // in the window's capture phase: before the same event closes the sample
    left = events(page, leaving, { capture: true }).subscribe(() => flush(true))
  }
  const stop = () => {
    observer.disconnect()
    observed.clear()
    waiting.splice(0)
    early.splice(0)
    clock.unsubscribe()
    left.unsubscribe()
  }

  const entries = <E extends PerformanceEntry>(
    types: string[],
    { since = 0, andLeaving, atOnce, ...options }: EntryOptions = {},
  ) => {
    const supported = types.filter((type) => isSupported(page, type))
    if (!supported[0]) return EMPTY
    return new Observable<E[]>((list$) => {
      const next = (entries: PerformanceEntry[]) => list$.next(entries as E[])
      const listener = { types, since, andLeaving, atOnce, next }
      if (!listeners.size) start()
      listeners.add(listener)
      // what waits for its moment is handed to this one as well
      const past = atOnce ? early : early.filter((entry) => !waiting.includes(entry))
      const missed = wantedFrom(past)(listener)
      if (missed[0]) next(missed)
      for (const type of supported) {
        if (!observed.has(type)) observer.observe({ type, buffered: true, ...options })
        observed.add(type)
      }
      return () => {
        listeners.delete(listener)
        if (!listeners.size) stop()
      }
    })
  }
  return Object.assign(entries, {
    flush: () => {
      if (listeners.size) flush()
    },
  })
}

/** Whether the browser supports this type of entry. */
export const isSupported = (page: Page, type: string): boolean =>
  !!page.PerformanceObserver?.supportedEntryTypes?.includes(type)

/** An entry is an object of the page as well: one that has been made unreadable must take no other with it. */
export const isReadable = (entry: PerformanceEntry): boolean =>
  tryOr(() => !!entry.entryType && entry.name !== undefined && endOf(entry) >= 0, false)

/** When an entry ended, ms from the navigation start. */
export const endOf = ({ startTime, duration }: PerformanceEntry): number => startTime + duration

/** When a page is hidden or left. */
export const leaving = ['visibilitychange', 'pagehide']
