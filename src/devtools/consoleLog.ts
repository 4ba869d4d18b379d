import { filter, type Observable, tap } from 'rxjs'
import type { Page } from '../page/page.ts'
import { lineOf } from './printLines.ts'
import type { Step } from './step.ts'

/** How a beacon fared; grey is all the rest. */
const colours: Record<string, string> = { sent: 'green', drop: 'red', error: 'red' }

/** Steps from which on the first sample runs, the last of them counts: a view begins, the page has loaded. */
const beginnings = ['init', 'session', 'load']

/**
 * Shows each step of the debug stream in DevTools: a collapsed group under what the step says in a line, and in a track of
 * its own in the Performance panel a sample as long as it lasted, a beacon from sending to its answer. Single readings,
 * which are many, are printed in the group of the next sample of their lane.
 * https://developer.chrome.com/docs/devtools/performance/extension
 * @example consoleLog(page)(collector.debug$).subscribe()
 */
export const consoleLog =
  ({ console, performance }: Page) =>
  (step$: Observable<Step>): Observable<Step> => {
    const began: Record<string, number> = {}
    const read: Record<Lane, Step[]> = { samples: [], entries: [] }
    return step$.pipe(
      filter((step) => {
        if (step.type !== 'reading') return true
        read[laneOf(step.field === 'view.resources[]')].push(step)
        return false
      }),
      tap((step) => {
        const { type, timeStamp: end } = step
        const id = 'id' in step && step.id
        const details = lineOf(step).slice(type.length + 1)
        console.groupCollapsed(`%ccrum ${type}%c ${details}`, `color:${colours[type] ?? 'gray'}`, '')
        console.log(step)
        const lane = step.type === 'sample' && laneOf(step.reason === 'entries')
        if (lane && read[lane][0]) console.log('readings', read[lane].splice(0))
        console.groupEnd()
        if (beginnings.includes(type)) began.samples = began.entries = end
        // samples of one lane, or what becomes of one beacon
        const span = id || lane
        performance.measure(lineOf(step), {
          start: (span && began[`${span}`]) || end,
          end,
          detail: { devtools: { track: 'crum' } },
        })
        if (span) began[`${span}`] = end
      }),
    )
  }

type Lane = 'samples' | 'entries'

const laneOf = (isEntry: boolean): Lane => (isEntry ? 'entries' : 'samples')
