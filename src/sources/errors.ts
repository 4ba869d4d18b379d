import { filter, map, type Observable } from 'rxjs'
import { elapsed } from '../page/elapsed.ts'
import { events } from '../page/events.ts'
import { ownRequest } from '../page/ownRequest.ts'
import type { Page } from '../page/page.ts'
import { together } from '../page/together.ts'
import { tryOr } from '../page/tryOr.ts'
import type { PageError } from '../payload/payload.ts'
import { tenths } from '../payload/rounding.ts'
import { stringify } from '../payload/stringify.ts'
import { toJson } from '../payload/toJson.ts'
import type { SourceOptions } from './source.ts'

/**
 * What goes wrong in the page, when it does: uncaught errors, unhandled rejections, resources that fail to load, and
 * violations of a Content Security Policy. Failures of the client's own requests are left out.
 */
export const errors = (page: Page, { endpoint = '' }: SourceOptions = {}): Observable<PageError> => {
  const isOwn = ownRequest(page, endpoint)
  return together(
    events<ErrorEvent>(page, 'error', { capture: true }).pipe(
      map(({ target, error, message, filename, lineno, colno }) =>
        target instanceof page.Element
          ? ['resource', target.localName, '', (target as HTMLImageElement).src || (target as HTMLLinkElement).href]
          : ['error', message, tryOr(() => error.stack, ''), filename, lineno, colno],
      ),
    ),
    events<PromiseRejectionEvent>(page, 'unhandledrejection').pipe(
      map(({ reason }) => [
        'unhandledrejection',
        // a page may reject with anything, also with what throws when it is looked at
        tryOr(() => reason.message, undefined) ?? reason,
        tryOr(() => reason.stack, ''),
      ]),
    ),
    events<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(
      map((event) => ['csp', event.effectiveDirective, '', event.blockedURI, event.lineNumber, event.columnNumber]),
    ),
  ).pipe(
    map(
      ([type, message, stack, source, line, column]): PageError => ({
        type: type as PageError['type'],
        message: textOf(message),
        stack: textOf(stack),
        source: textOf(source),
        line: (line ?? 0) as number,
        column: (column ?? 0) as number,
        timeStamp: tenths(elapsed(page)),
      }),
    ),
    filter(({ source }) => !isOwn(source)),
  )
}

const textOf = (value: unknown) => {
  const copied = toJson(value ?? '')
  return typeof copied === 'string' ? copied : stringify(copied)
}
