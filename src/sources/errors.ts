import { filter, map, type Observable } from 'rxjs'
import { events } from '../page/events.ts'
import { failedUrl } from '../page/failedUrl.ts'
import { ownRequest } from '../page/ownRequest.ts'
import type { Page } from '../page/page.ts'
import { pageError } from '../page/pageError.ts'
import { together } from '../page/together.ts'
import type { PageError } from '../payload/payload.ts'
import { textOf, thrown } from '../payload/thrown.ts'
import type { SourceOptions } from './source.ts'

type Rejection = PromiseRejectionEvent & { detail?: { reason?: unknown } | null }

/**
 * What goes wrong in the page, when it does: uncaught errors, unhandled rejections, resources that fail to load, and
 * violations of a Content Security Policy that is enforced. Failures of the client's own requests are left out.
 */
export const errors = (page: Page, { endpoint = '' }: SourceOptions = {}): Observable<PageError> => {
  const isOwn = ownRequest(page, endpoint)
  return together(
    events<ErrorEvent>(page, 'error', { capture: true, untrusted: true }).pipe(
      // a script may report an error so, as React does; what elements tell each other is none of ours
      filter(
        ({ target, currentTarget, isTrusted, error, message }) =>
          isTrusted || (target === currentTarget && (error != null || message !== undefined)),
      ),
      map(({ target, currentTarget, error, message, filename, lineno, colno }) =>
        target === currentTarget
          ? { ...thrown(error, textOf(message)), type: 'error' as const, source: filename, line: lineno, column: colno }
          : { type: 'resource' as const, message: (target as Element).localName, source: failedUrl(target as Element) },
      ),
    ),
    events<Rejection>(page, 'unhandledrejection', { untrusted: true }).pipe(
      // promises of a library tell of theirs as well, some in the details
      map(({ reason, detail }) => ({
        ...thrown(detail ? detail.reason : reason),
        type: 'unhandledrejection' as const,
      })),
    ),
    events<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(
      filter(({ disposition }) => disposition !== 'report'),
      map(({ effectiveDirective, blockedURI, lineNumber, columnNumber }) => ({
        ...{ type: 'csp' as const, message: effectiveDirective },
        ...{ source: blockedURI, line: lineNumber, column: columnNumber },
      })),
    ),
  ).pipe(
    map((error) => pageError(page, error)),
    // an exception of a page with that URL is its own
    filter(({ type, source }) => !/resource|csp/.test(type) || !isOwn(source)),
  )
}
