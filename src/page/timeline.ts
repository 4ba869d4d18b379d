import { EMPTY, exhaustMap, Observable, Subject, type Subscription } from 'rxjs'
import { tryOr } from '../payload/tryOr.ts'
import { events } from './events.ts'
import type { Page } from './page.ts'

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

/** A subscriber, what it wants, and what waits for it. */
interface Listener {
  types: string[]
  since: number
  andLeaving: boolean | undefined
  atOnce: boolean | undefined
  waiting: PerformanceEntry[]
  next: (entries: PerformanceEntry[]) => void
}

/** Asks each entry for its type once, however many listen: most lists have entries of one type, that few want. */
const wantedFrom = (entries: PerformanceEntry[]) => {
  const typesOf = entries.map(({ entryType }) => entryType)
  const all = new Set(typesOf)
  return ({ types, since }: Listener): PerformanceEntry[] =>
    types.some((type) => all.has(type))
      ? entries.filter((entry, at) => types.includes(typesOf[at] as string) && endTime(entry) >= since)
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
  /** What came in this task. WebKit hands over at once what it has, and those who ask next in the same task want it too. */
  const early: PerformanceEntry[] = []
  let observer: PerformanceObserver
  let clock: Subscription
  let left: Subscription

  // kept for each before any is called: Firefox may end the script in the midst of one when it closes a tab
  const keep = (entries: PerformanceEntry[]) => {
    const wantedBy = wantedFrom(entries)
    for (const listener of listeners) add(listener.waiting, wantedBy(listener))
  }
  const hand = (isAtOnce: boolean, isLeaving?: boolean) => {
    for (const { atOnce, waiting, andLeaving, next } of listeners) {
      if (!!atOnce !== isAtOnce) continue
      const entries = waiting.splice(0)
      if (entries[0] || (isLeaving && andLeaving)) next(entries)
    }
  }
  const handWaiting = () => hand(false)
  const handSoon = () => {
    if (!moment$) handWaiting()
    else if ([...listeners].some(({ waiting }) => waiting[0])) waiting$.next()
  }
  const flush = (isLeaving?: boolean) => {
    keep(observer.takeRecords().filter(isReadable))
    hand(true, isLeaving)
    hand(false, isLeaving)
  }

  const start = () => {
    observer = new page.PerformanceObserver((list) => {
      const entries = list.getEntries().filter(isReadable)
      keep(entries)
      add(early, entries)
      Promise.resolve().then(() => early.splice(0))
      hand(true)
      handSoon()
    })
    clock = waiting$.pipe(exhaustMap(() => moment$ ?? EMPTY)).subscribe(handWaiting)
    // in the window's capture phase: before the same event closes the sample
    left = events(page, leaving, { capture: true }).subscribe(() => flush(true))
  }
  const stop = () => {
    observer.disconnect()
    observed.clear()
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
      const listener: Listener = { types, since, andLeaving, atOnce, waiting: [], next }
      if (!listeners.size) start()
      listeners.add(listener)
      add(listener.waiting, wantedFrom(early)(listener))
      atOnce ? hand(true) : handSoon()
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

/** One by one: a page may have more marks than a function takes arguments. */
const add = (list: PerformanceEntry[], entries: PerformanceEntry[]) => {
  for (const entry of entries) list.push(entry)
}

/** Whether the browser supports this type of entry. */
export const isSupported = (page: Page, type: string): boolean =>
  !!page.PerformanceObserver?.supportedEntryTypes?.includes(type)

/** An entry is an object of the page as well: one that has been made unreadable must take no other with it. */
export const isReadable = (entry: PerformanceEntry): boolean =>
  tryOr(() => !!entry.entryType && entry.name !== undefined && endTime(entry) >= 0, false)

/** When an entry ended, ms from the navigation start. */
export const endTime = ({ startTime, duration }: PerformanceEntry): number => startTime + duration

/** When a page is hidden or left. */
export const leaving = ['visibilitychange', 'pagehide']
