import { map, type Observable, takeWhile, tap } from 'rxjs'
import { type ViewStart, viewEnd } from './lifecycle.ts'
import { closeAfterLeaving } from './operators/closeAfterLeaving.ts'
import { holdEchoes } from './operators/holdEchoes.ts'
import { isolate } from './operators/isolate.ts'
import { idleSoon } from './page/idle.ts'
import { timelineOf } from './page/timeline.ts'
import { messageOf } from './payload/messageOf.ts'
import { cutFor, type Reading } from './payload/reading.ts'
import { merge } from './rx/merge.ts'
import type { SourceOptions } from './sources/source.ts'
import type { Workings } from './workings.ts'

/**
 * What is observed of the page, the client's own work apart, until the page is hidden for long or the collector is stopped.
 * Each source may fail alone.
 */
export const observe = (own: Workings, view: SourceOptions & ViewStart): Observable<Reading> => {
  const { page, config, sources, said, loop$, calm$, note, isAtWork, aloud } = own
  const timeline = timelineOf(page, idleSoon(page))
  const options = { ...config, ...said, ...view, loop$, calm$, timeline }
  const isolated = sources.map((source) => {
    const part = source.name
    const failed = (error: unknown) => note('error', { part, message: messageOf(error) })
    const silent = () => note('unsupported', { part })
    return isolate(() => source(page, options), { failed, silent }).pipe(map(lateSafely(failed)))
  })
  const stop$ = viewEnd(own).pipe(map(() => cutFor('stop')))
  return merge(...isolated, stop$).pipe(
    holdEchoes(isAtWork),
    closeAfterLeaving(page),
    // what happened before the cut belongs before it
    tap(({ cut }) => cut && aloud(timeline.flush)),
    takeWhile(({ cut }) => cut !== 'stop', true),
  )
}

/** A late value that fails is none: it is worked out long after its source was isolated. */
const lateSafely =
  (failed: (error: unknown) => void) =>
  (reading: Reading): Reading => {
    const { late } = reading
    if (!late) return reading
    const safely = (until: never) => {
      try {
        return late(until)
      } catch (error) {
        failed(error)
        return undefined
      }
    }
    return { ...reading, late: safely } as Reading
  }
