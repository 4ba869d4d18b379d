import type { PageError } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'
import { textOf, thrown } from '../payload/thrown.ts'
import { toJson } from '../payload/toJson.ts'
import { elapsed } from './elapsed.ts'
import type { Page } from './page.ts'

/** What the page has caught itself, and reports. */
export const handledError = (page: Page, error: unknown, context?: unknown): PageError =>
  pageError(page, {
    ...thrown(error),
    type: 'error',
    isHandled: true,
    ...(context !== undefined && { context: toJson(context) }),
  })

/** With what the browser does not tell, and the time. */
export const pageError = (page: Page, error: Partial<PageError> & Pick<PageError, 'type'>): PageError => ({
  ...error,
  message: textOf(error.message),
  stack: textOf(error.stack),
  source: textOf(error.source),
  line: numberOf(error.line),
  column: numberOf(error.column),
  timeStamp: tenths(elapsed(page)),
})

/** An event that a page has made may have anything there. */
const numberOf = (value: unknown) => (Number.isFinite(value) ? (value as number) : 0)
