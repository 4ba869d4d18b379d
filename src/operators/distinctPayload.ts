import { defer, filter, type OperatorFunction } from 'rxjs'
import { identityFields } from '../payload/identity.ts'
import type { UnsealedPayload } from '../payload/sample.ts'
import { stringify } from '../payload/stringify.ts'
import { tryOr } from '../payload/tryOr.ts'

/**
 * Lets a payload through if it has something new; with `savingMode` off, each one. Sources emit only news, so all that is
 * not identity is new, and so is an identity that differs from the last one. The session's clock does not count, nor do
 * the estimates of the connection (`rtt`, `downlink`). An open payload needs more than a new identity, which can wait until
 * it closes.
 */
export const distinctPayload =
  (
    savingMode: boolean,
    skipped?: (payload: UnsealedPayload) => void,
  ): OperatorFunction<UnsealedPayload, UnsealedPayload> =>
  (payload$) =>
    defer(() => {
      let last = ''
      return payload$.pipe(
        filter((payload) => {
          const now = identity(payload)
          const isNew = hasNews(payload) || !savingMode || (now !== last && !payload.isOpen)
          if (!payload.isOpen) {
            if (!isNew) skipped?.(payload)
            last = now
          }
          return isNew
        }),
      )
    })

const identity = ({ session, view, attributes: { connection, ...attributes } }: UnsealedPayload) =>
  // a page without a JSON can send nothing, but sinks of its own may have a use for payloads
  tryOr(() => stringify([session.id, placeOf(view), attributes, { ...connection, rtt: 0, downlink: 0 }]), '')

/** Where the visitor is, not since when. */
const placeOf = (view: UnsealedPayload['view']) => placeFields.map((name) => view[name as keyof typeof view])

const placeFields = identityFields.filter((name) => !/^time|Time$/.test(name))

const hasNews = ({ view, audits, metrics }: UnsealedPayload) =>
  !!audits || !!metrics || !Object.keys(view).every((name) => identityFields.includes(name))
