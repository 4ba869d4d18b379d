import { filter, map, type Observable, take } from 'rxjs'
import { events } from '../../page/events.ts'
import { ownRequest } from '../../page/ownRequest.ts'
import type { Page } from '../../page/page.ts'

/** Emits once, with the reason, when a policy of the page keeps a request from the endpoint. */
export const barred = (page: Page, endpoint: string): Observable<string> => {
  const isOwn = ownRequest(page, endpoint)
  return events<SecurityPolicyViolationEvent>(page.document, 'securitypolicyviolation').pipe(
    filter(({ blockedURI, disposition }) => disposition === 'enforce' && isOwn(blockedURI)),
    take(1),
    map(() => `connect-src bars ${endpoint}`),
  )
}
