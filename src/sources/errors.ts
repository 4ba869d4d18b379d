import { filter, map, merge, type Observable } from 'rxjs'
import type { PageError } from '../sinks/payload.ts'
import { attempt } from './attempt.ts'
import { elapsed } from './elapsed.ts'
import { fromTarget } from './fromTarget.ts'
import { isText } from './isText.ts'
import { json } from './json.ts'
import { ownRequest } from './ownRequest.ts'
import type { Page } from './page.ts'
import { plain } from './plain.ts'
import type { Settings } from './settings.ts'
import { tenths } from './tenths.ts'

/**
 * What goes wrong in the page, when it does: uncaught errors, unhandled rejections, resources that fail to load, and
 * what a Content Security Policy refuses. The client's own requests are not among them.
 */
export const errors = (page: Page, _since: number, settings: Settings): Observable<PageError> => {
  const isOwn = ownRequest(page, settings)
  return merge(
    fromTarget<ErrorEvent>(page, 'error', true).pipe(
      map(({ target, error, message, filename, lineno, colno }) =>
        target instanceof page.Element
          ? ['resource', target.localName, '', (target as HTMLImageElement).src || (target as HTMLLinkElement).href]
          : ['error', message, attempt(() => error.stack), filename, lineno, colno],
      ),
    ),
    fromTarget<PromiseRejectionEvent>(page, 'unhandledrejection').pipe(
      // the page may reject with anything, also with what throws when it is looked at
      map(({ reason }) => ['unhandledrejection', attempt(() => reason.message) ?? reason, attempt(() => reason.stack)]),
    ),
    fromTarget<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(
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
  const copied = plain(value ?? '')
  return isText(copied) ? copied : json(copied)
}
