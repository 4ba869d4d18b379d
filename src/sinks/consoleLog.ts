import { filter, type Observable } from 'rxjs'
import { also } from '../operators/also.ts'
import type { Page } from '../sources/page.ts'
import type { Step } from './step.ts'

/** Prints each step of the debug stream as a collapsed group of the console, but single readings, which are many. */
export const consoleLog =
  ({ console }: Page) =>
  (step$: Observable<Step>): Observable<Step> =>
    step$.pipe(
      filter(({ type }) => type !== 'reading'),
      also((step) => {
        const { type, timeStamp, ...rest } = step
        console.groupCollapsed(`crum ${type} @ ${Math.round(timeStamp)} ms`)
        console.log(rest)
        console.groupEnd()
      }),
    )
