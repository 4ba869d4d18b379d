import { filter, map, type Observable } from 'rxjs'
import { events } from '../page/events.ts'
import { failedUrl } from '../page/failedUrl.ts'
import { ownRequest } from '../page/ownRequest.ts'
import type { Page } from '../page/page.ts'
import { pageError } from '../page/pageError.ts'
import { readEach } from '../page/readEach.ts'
import { native } from '../payload/native.ts'
import type { PageError } from '../payload/payload.ts'
import { textOf, thrown } from '../payload/thrown.ts'
import { merge } from '../rx/merge.ts'
import type { SourceOptions } from './source.ts'

type Rejection = PromiseRejectionEvent & { detail?: { reason?: unknown } | null }

/**
 * What goes wrong in the page, when it does: uncaught errors, unhandled rejections, resources that fail to load, and
 * violations of a Content Security Policy that is enforced. Failures of the client's own requests are left out.
 */
export const errors = (page: Page, { endpoint = '' }: SourceOptions = {}): Observable<PageError> => {
  const isOwn = ownRequest(page, endpoint)
  return merge(
    events<ErrorEvent>(page, 'error', { capture: true, untrusted: true }).pipe(readEach(failure)),
    events<Rejection>(page, 'unhandledrejection', { untrusted: true }).pipe(readEach(rejection)),
    events<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(readEach(violation)),
  ).pipe(
    map((error) => pageError(page, error)),
    // an exception of a page with that URL is its own
    filter(({ type, source }) => !/resource|csp/.test(type) || !isOwn(source)),
  )
}

type Told = Partial<PageError> & Pick<PageError, 'type'>

const failure = (event: ErrorEvent): Told | undefined => {
  const { target, currentTarget, isTrusted } = event
  if (target === currentTarget) return isTrusted || isReport(event) ? uncaught(event) : undefined
  // what elements tell each other is none of ours
  return isTrusted ? failedResource(target as Element) : undefined
}

/** A script may report an error so, as React does. */
const isReport = ({ error, message }: ErrorEvent) => error != null || message !== undefined

const uncaught = ({ error, message, filename, lineno, colno }: ErrorEvent): Told => ({
  ...thrown(error, textOf(message)),
  type: 'error',
  source: filename,
  line: lineno,
  column: colno,
})

/** In Firefox it may be the `<?xml-stylesheet?>` of a document, which is no element. */
const failedResource = (node: Element): Told => ({
  type: 'resource',
  message: native(node, 'localName') ?? native(node, 'nodeName'),
  source: failedUrl(node),
})

/** Promises of a library tell of theirs as well, some in the details. */
const rejection = ({ reason, detail }: Rejection): Told => ({
  ...thrown(detail ? detail.reason : reason),
  type: 'unhandledrejection',
})

/** What a policy only reports was not refused. */
const violation = (event: SecurityPolicyViolationEvent): Told | undefined => {
  const { disposition, effectiveDirective, blockedURI, sourceFile, lineNumber: line, columnNumber: column } = event
  if (disposition === 'report') return undefined
  const stack = sourceFile ? `${sourceFile}:${line}:${column}` : ''
  return { type: 'csp', message: effectiveDirective, stack, source: blockedURI, line, column }
}
