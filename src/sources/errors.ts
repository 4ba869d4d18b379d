import { filter, map, merge, Observable } from 'rxjs'
import { json } from '../sinks/json'
import type { PageError } from '../sinks/payload'
import { fromTarget } from './fromTarget'
import { ownRequest } from './ownRequest'
import type { Page } from './page'
import { plain } from './plain'
import type { Settings } from './settings'
import { tenths } from './tenths'

/**
 * What goes wrong in the page, when it does: uncaught errors, unhandled rejections, resources that fail to load, what a
 * Content Security Policy refuses, and the browser's own interventions and deprecations (where it reports them). The
 * client's own requests are not among them.
 */
export const errors = (page: Page, _since: number, settings: Settings): Observable<PageError> => {
  const isOwn = ownRequest(page, settings)
  return merge(
    fromTarget<ErrorEvent>(page, 'error', true).pipe(
      map(({ target, error, message, filename, lineno, colno }) =>
        target instanceof page.Element
          ? ['resource', target.localName, '', (target as HTMLImageElement).src || (target as HTMLLinkElement).href]
          : ['error', message, error?.stack, filename, lineno, colno],
      ),
    ),
    fromTarget<PromiseRejectionEvent>(page, 'unhandledrejection').pipe(
      map(({ reason }) => ['unhandledrejection', reason?.message ?? reason, reason?.stack]),
    ),
    fromTarget<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(
      map((event) => ['csp', event.effectiveDirective, '', event.blockedURI, event.lineNumber, event.columnNumber]),
    ),
    reports(page).pipe(
      map(({ type, body }) => [type, body?.message, '', body?.sourceFile, body?.lineNumber, body?.columnNumber]),
    ),
  ).pipe(
    map(
      ([type, message, stack, source, line, column]): PageError => ({
        type: type as PageError['type'],
        message: bounded(message),
        stack: bounded(stack),
        source: bounded(source),
        line: Number(line ?? 0),
        column: Number(column ?? 0),
        timeStamp: tenths(page.performance.now()),
      }),
    ),
    filter(({ source }) => !isOwn(source)),
  )
}

const bounded = (value: unknown) => {
  const copied = plain(value ?? '')
  return typeof copied === 'string' ? copied : json(copied)
}

/** https://w3c.github.io/reporting/, of which TypeScript knows the outlines only */
interface Warning {
  type: string
  body: { message: string; sourceFile: string; lineNumber: number; columnNumber: number } | null
}

const reports = ({ ReportingObserver }: Page) =>
  new Observable<Warning>((report$) => {
    if (!ReportingObserver) return
    const observer = new ReportingObserver(
      (reports) => {
        for (const report of reports) report$.next(report as unknown as Warning)
      },
      { types: ['intervention', 'deprecation'], buffered: true },
    )
    observer.observe()
    return () => observer.disconnect()
  })
