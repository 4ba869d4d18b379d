import { filter, map, merge, type Observable } from 'rxjs'
import { elapsed } from '../page/elapsed.ts'
import { events } from '../page/events.ts'
import { ownRequest } from '../page/ownRequest.ts'
import type { Page } from '../page/page.ts'
import { tryOr } from '../page/tryOr.ts'
import { isText } from '../payload/isText.ts'
import type { PageError } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'
import { stringify } from '../payload/stringify.ts'
import { toJson } from '../payload/toJson.ts'
import type { Settings } from '../settings.ts'

/**
 * What goes wrong in the page, when it does: uncaught errors, unhandled rejections, resources that fail to load, and
 * what a Content Security Policy refuses. The client's own requests are not among them.
 */
export const errors = (page: Page, _since: number, settings: Settings): Observable<PageError> => {
  const isOwn = ownRequest(page, settings)
  return merge(
    events<ErrorEvent>(page, 'error', true).pipe(
      map(({ target, error, message, filename, lineno, colno }) =>
        target instanceof page.Element
          ? ['resource', target.localName, '', (target as HTMLImageElement).src || (target as HTMLLinkElement).href]
          : ['error', message, tryOr(() => error.stack), filename, lineno, colno],
      ),
    ),
    events<PromiseRejectionEvent>(page, 'unhandledrejection').pipe(
      // the page may reject with anything, also with what throws when it is looked at
      map(({ reason }) => ['unhandledrejection', tryOr(() => reason.message) ?? reason, tryOr(() => reason.stack)]),
    ),
    events<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(
      map((event) => ['csp', event.effectiveDirective, '', event.blockedURI, event.lineNumber, event.columnNumber]),
    ),
  ).pipe(
    map(
      ([type, message, stack, source, line, column]): PageError => ({
        type: type as PageError['type'],
        message: bounded(message),
        stack: bounded(stack),
        source: bounded(source),
        line: (line ?? 0) as number,
        column: (column ?? 0) as number,
        timeStamp: tenths(elapsed(page)),
      }),
    ),
    filter(({ source }) => !isOwn(source)),
  )
}

const bounded = (value: unknown) => {
  const copied = toJson(value ?? '')
  return isText(copied) ? copied : stringify(copied)
}
