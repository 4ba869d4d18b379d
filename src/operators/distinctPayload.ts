import { defer, filter, type OperatorFunction } from 'rxjs'
import { isText } from '../payload/isText.ts'
import type { Draft } from '../payload/reading.ts'
import { stringify } from '../payload/stringify.ts'

/**
 * Lets a payload through when it says something new; with `savingMode` off, each one. New is whatever is more than
 * identity, since sources tell only news; and an identity that differs from the last one told. A moving clock is no
 * news, nor is a connection of which only the estimates (`rtt`, `downlink`) moved. What is still open needs more than
 * an identity; that is told when it closes.
 */
export const distinctPayload =
  (savingMode: boolean, skipped?: (payload: Draft) => void): OperatorFunction<Draft, Draft> =>
  (payload$) =>
    defer(() => {
      let told = ''
      return payload$.pipe(
        filter((payload) => {
          const now = identity(payload)
          const isNew = hasNews(payload) || !savingMode || (now !== told && !payload.isOpen)
          if (!payload.isOpen) {
            if (!isNew) skipped?.(payload)
            told = now
          }
          return isNew
        }),
      )
    })

const identity = ({ session, view, attributes: { connection, ...attributes } }: Draft) =>
  stringify([session.id, Object.values(view).filter(isText), attributes, { ...connection, rtt: 0, downlink: 0 }])

const hasNews = ({ view: { startTime, ...view }, audits, metrics }: Draft) =>
  !!audits || !!metrics || !Object.values(view).every(isText)
