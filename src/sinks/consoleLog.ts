import { filter, type Observable } from 'rxjs'
import { also } from '../operators/also.ts'
import type { Page } from '../sources/page.ts'
import { type Step, summary } from './step.ts'

/** How a beacon fared; grey is all the rest. */
const colours: Record<string, string> = { sent: 'green', retry: 'orange', drop: 'red', error: 'red' }

/** Prints each step of the debug stream as a collapsed group of the console, but single readings, which are many. */
export const consoleLog =
  ({ console }: Page) =>
  (step$: Observable<Step>): Observable<Step> =>
    step$.pipe(
      filter(({ type }) => type !== 'reading'),
      also((step) => {
        const { type, timeStamp, ...rest } = step
        console.groupCollapsed(`%ccrum ${type}%c ${summary(step)}`, `color:${colours[type] ?? 'gray'}`, '')
        console.log(rest)
        console.groupEnd()
      }),
    )
