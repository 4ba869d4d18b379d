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
  line: error.line ?? 0,
  column: error.column ?? 0,
  timeStamp: tenths(elapsed(page)),
})
