import { filter, type Observable } from 'rxjs'
import { also } from '../operators/also.ts'
import type { Page } from '../sources/page.ts'
import type { Step } from './step.ts'

/** How a beacon fared; grey is all the rest. */
const colours: Record<string, string> = { sent: 'green', drop: 'red', error: 'red' }

/**
 * Shows each step of the debug stream in DevTools, but single readings, which are many: a collapsed group under what the
 * step says in a line, and in a track of its own in the Performance panel a sample as long as it lasted, a beacon from
 * sending to its answer. https://developer.chrome.com/docs/devtools/performance/extension
 */
export const consoleLog =
  ({ console, performance }: Page) =>
  (step$: Observable<Step>): Observable<Step> => {
    const began: Record<string, number> = {}
    return step$.pipe(
      filter(({ type }) => type !== 'reading'),
      also((step) => {
        const { type, timeStamp: end, id = '', ...details } = step
        const line = Object.entries(details)
          .flatMap(([name, detail]) => (detail === undefined || Object(detail) === detail ? [] : `${name} ${detail}`))
          .join(', ')
        console.groupCollapsed(`%ccrum ${type}%c ${line}`, `color:${colours[type] ?? 'gray'}`, '')
        console.log(step)
        console.groupEnd()
        // samples of one lane, or what becomes of one beacon
        const span = id || (type === 'sample' && (step.reason === 'entries' ? 'entries' : 'samples'))
        performance.measure(`${type} ${line}`, {
          start: (span && began[`${span}`]) || end,
          end,
          detail: { devtools: { track: 'crum' } },
        })
        if (span) began[`${span}`] = end
      }),
    )
  }
