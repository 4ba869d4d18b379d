import { defer, type Observable } from 'rxjs'
import { also } from '../operators/also.ts'
import type { Page } from '../sources/page.ts'
import { type Step, summary } from './step.ts'

/** Steps that are drawn. */
const drawn = /^(sample|skip|sent|retry|drop)$/

/**
 * Draws the client's life as a track of its own in the Performance panel: each sample as long as it lasted, each beacon
 * from sending to its answer. https://developer.chrome.com/docs/devtools/performance/extension
 */
export const timelineTrack =
  ({ performance }: Page) =>
  (step$: Observable<Step>): Observable<Step> =>
    defer(() => {
      const began: Record<string, number> = {}
      return step$.pipe(
        also((step) => {
          const { type, timeStamp: end, id = 'sample' } = step
          if (type === 'send') began[`${id}`] = end
          if (!drawn.test(type)) return
          performance.measure(`crum ${type}`, {
            ...{ start: Math.min(began[`${id}`] ?? end, end), end },
            detail: { devtools: { track: 'crum', tooltipText: summary(step) } },
          })
          if (id === 'sample') began.sample = end
        }),
      )
    })
