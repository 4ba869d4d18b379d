import { type Observable, tap } from 'rxjs'
import type { Page } from '../page/page.ts'
import { tenths } from '../payload/rounding.ts'
import type { Step } from './step.ts'

/**
 * Prints each step of the debug stream as one line, with the step itself behind it.
 * @example printLines(page)(collector.debug$).subscribe()
 */
export const printLines =
  ({ console }: Page) =>
  (step$: Observable<Step>): Observable<Step> =>
    step$.pipe(tap((step) => console.log(`crum ${tenths(step.timeStamp)} ms: ${lineOf(step)}`, step)))

/** What a step says in one line: its type, and all details that are no objects. */
export const lineOf = (step: Step): string => {
  const { type, timeStamp, id, ...details } = step as Step & { id?: string }
  const said = Object.entries(details)
    .filter(([, detail]) => detail !== undefined && Object(detail) !== detail)
    .map(([name, detail]) => `${name} ${typeof detail === 'number' ? tenths(detail) : detail}`)
  return `${type} ${said.join(', ')}`.trim()
}
