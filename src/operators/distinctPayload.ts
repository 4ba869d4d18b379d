import { defer, filter, type OperatorFunction } from 'rxjs'
import type { Draft } from '../sources/reading'

/**
 * Lets a payload through when it says something that no earlier one has said; with `savingMode` off, each one. New is a
 * list with an item, or a value that differs. No news are a moving clock, memory within 1 %, and a connection of which only
 * the estimates (`rtt`, `downlink`) moved.
 */
export const distinctPayload =
  (savingMode: boolean, skipped: (payload: Draft) => void = () => {}): OperatorFunction<Draft, Draft> =>
  (payload$) =>
    defer(() => {
      const told = new Map<string, unknown>()
      return payload$.pipe(
        filter((payload) => {
          const news = said(payload).filter(([field, value]) => isNews(field, value, told.get(field)))
          for (const [field, value] of news) told.set(field, value)
          if (news.length > 0 || !savingMode) return true
          skipped(payload)
          return false
        }),
      )
    })

const said = ({ session, view, attributes, audits, metrics }: Draft): [string, unknown][] => [
  ['session.id', session.id],
  ...Object.entries({ view, attributes, audits, metrics }).flatMap(([section, fields]) =>
    Object.entries(fields ?? {}).map(([field, value]) => [`${section}.${field}`, value] as [string, unknown]),
  ),
]

const isNews = (field: string, value: unknown, before: unknown) =>
  Array.isArray(value) && field !== 'attributes.labels'
    ? value.length > 0
    : field === 'view.usedMemory'
      ? Math.abs(Number(value) - Number(before ?? 0)) > Number(value) / 100
      : JSON.stringify(steady(field, value)) !== JSON.stringify(steady(field, before))

/** The part of a value whose change is news: the estimates of the connection jitter without end. */
const steady = (field: string, value: unknown) =>
  field === 'attributes.connection' && value ? { ...value, rtt: 0, downlink: 0 } : value
